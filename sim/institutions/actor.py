"""What the agents of the model have in common: how they enter it."""

import mesa


class Actor(mesa.Agent):  # type: ignore[misc]
    """An agent of Mesa that takes its number from its model.

    The numbers that Mesa 3.3 gives come from a table of its own, in which every model would stay for ever;
    thousands are lived in one process. Newer versions let the model count, as is done here for all.
    """

    def __init__(self, model: mesa.Model) -> None:
        self.model = model
        self.unique_id = len(model.agents) + 1
        self.pos = None
        model.register_agent(self)
