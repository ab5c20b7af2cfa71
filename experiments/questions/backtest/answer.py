"""A backtest as it lies in its folder, and as sentences and figures read it."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from experiments.answers.keys import from_dict
from experiments.pages.language import say
from experiments.pages.provinces import PROVINCE_LABELS
from experiments.pages.published import published_label
from experiments.questions.backtest.keys import BacktestKeys
from experiments.runs.files import read_json
from experiments.tables.handed_out import read_csv

TABLES: Final = ("rows", "indicators", "flows", "not_compared")
COUNTRY: Final = "all"


@dataclass(frozen=True)
class Answer:
    """The tables of one backtest."""

    folder: Path

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What was asked, and the scores."""
        return dict(read_json(self.folder / "summary.json"))

    @cached_property
    def keys(self) -> BacktestKeys:
        """What was chosen."""
        return from_dict(BacktestKeys, self.facts["settings"])

    @property
    def known_until(self) -> int:
        """The last fitted year."""
        return self.keys.known_until

    def table(self, name: str) -> pd.DataFrame:
        """One of ``TABLES``."""
        return self._tables[name]

    @cached_property
    def shown(self) -> pd.DataFrame:
        """Figures of the country; those of provinces where there are no others."""
        rows = self.table("rows")
        national = rows[rows["province"] == COUNTRY]
        return rows if national.empty else national

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        return {name: read_csv(self.folder / f"{name}.csv") for name in TABLES}


def figure_label(indicator: str, province: str) -> str:
    """An indicator, and the province that it is of."""
    name = published_label(indicator)
    if province == COUNTRY:
        return name
    return say("{indicator}, {province}", indicator=name, province=PROVINCE_LABELS.get(province, province))
