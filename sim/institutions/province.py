"""Provinces as agents: what each knows of its labour market, its places and its craftsmen."""

import mesa
import numpy as np
from numpy.typing import NDArray

from sim.categories import PROVINCE_CODES
from sim.institutions.actor import Actor


class Province(Actor):
    """One province; its numbers are views of the model's state."""

    def __init__(self, model: mesa.Model, index: int) -> None:
        super().__init__(model)
        self.index = index
        self.code = PROVINCE_CODES[index]

    @property
    def openness(self) -> float:
        """Openness to newcomers' rights; 1 is the level of 2024."""
        return float(self.model.rates.openness[self.index])

    @property
    def delivery_fidelity(self) -> float:
        """Share of an intended measure that is carried out."""
        return float(self.model.rates.delivery_fidelity[self.index])

    @property
    def wage_yuan_month(self) -> NDArray[np.float64]:
        """Mean monthly wage in yuan by sector, shape (4,)."""
        wages: NDArray[np.float64] = self.model.state.market.wage_mean[self.index]
        return wages

    @property
    def labour_demand(self) -> NDArray[np.float64]:
        """Persons asked for by sector, shape (4,)."""
        demand: NDArray[np.float64] = self.model.state.market.demand(self.model.month)[self.index]
        return demand

    @property
    def tightness(self) -> NDArray[np.float64]:
        """Labour demand over supply by sector, shape (4,)."""
        tightness: NDArray[np.float64] = self.model.state.market.tightness[self.index]
        return tightness

    @property
    def training_places(self) -> int:
        """Subsidised training places for industrial workers in the last quarter."""
        return int(self.model.state.training_places[self.index])

    @property
    def vocational_share(self) -> float:
        """Share of school entrants who come with a grade from vocational seats."""
        return float(self.model.rates.vocational_entry_share[self.index])

    @property
    def quota(self) -> NDArray[np.int64]:
        """Craftsman places in the intake of the year by tier (none, city, provincial, national)."""
        places: NDArray[np.int64] = self.model.state.recognition.counts["quota"][:, self.index]
        return places
