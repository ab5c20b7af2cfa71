"""Two comparisons, read as one from the folder of their page."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from experiments.pages.labels import labels_of
from experiments.pages.language import say
from experiments.pages.scenario import Scenario
from experiments.pages.words import bracketed
from experiments.questions.compare.reading import Comparison
from experiments.tables.handed_out import read_csv

Whose = tuple[str, ...]  # the comparisons that have a scenario


class Beside(Comparison):
    """What the page is made from; each scenario is called by its title and whose it is."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        first, second = self.manifest["of"]
        self.sides: tuple[str, str] = (first["called"], second["called"])
        called: dict[str, str] = {}
        for whose in dict.fromkeys(map(self.whose, self.scenarios)):
            own = [scenario for scenario in self.scenarios if self.whose(scenario) == whose]
            labels = labels_of({str(one.record["own"]): str(one.record["title"]) for one in own})
            of = whose[0] if len(whose) == 1 else say("both")
            called |= {one.name: bracketed(labels[str(one.record["own"])], of) for one in own}
        self.scenarios = tuple(replace(one, label=called[one.name]) for one in self.scenarios)

    def whose(self, scenario: Scenario) -> Whose:
        """Names of the comparisons that have a scenario."""
        return tuple(scenario.record["of"])

    @property
    def apart(self) -> list[tuple[Scenario, Scenario]]:
        """Scenarios of one name with different lines, that of the first comparison first."""
        by_name: dict[str, list[Scenario]] = {}
        for scenario in self.scenarios:
            by_name.setdefault(str(scenario.record["own"]), []).append(scenario)
        return [(found[0], found[1]) for found in by_name.values() if len(found) > 1]

    @cached_property
    def _differences(self) -> dict[tuple[str, str, str], pd.Series]:
        table = read_csv(self.folder / "differences.csv")
        keys = table[["scenario", "against", "target"]].astype(str).itertuples(index=False, name=None)
        return dict(zip(keys, (row for _, row in table.iterrows()), strict=True))

    def difference(self, scenario: Scenario, against: Scenario, target: str) -> pd.Series:
        """What one scenario reaches more than another: a row of ``differences.csv``."""
        return self._differences[scenario.name, against.name, target]
