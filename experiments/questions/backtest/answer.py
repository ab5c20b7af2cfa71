"""A backtest as it lies in its folder, and as sentences and figures read it."""

from functools import cached_property
from pathlib import Path
from typing import Final

import pandas as pd

from experiments.answers.read import AnswerFolder
from experiments.pages.language import say
from experiments.pages.provinces import PROVINCE_LABELS
from experiments.pages.published import published_label
from experiments.questions.backtest.keys import BacktestKeys

TABLES: Final = ("rows", "indicators", "flows", "not_compared")
COUNTRY: Final = "all"


class Answer(AnswerFolder[BacktestKeys]):
    """The tables of one backtest."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, BacktestKeys)

    @property
    def known_until(self) -> int:
        """The last fitted year."""
        return self.keys.known_until

    @cached_property
    def shown(self) -> pd.DataFrame:
        """Figures of the country; those of provinces where there are no others."""
        rows = self.table("rows")
        national = rows[rows["province"] == COUNTRY]
        return rows if national.empty else national


def figure_label(indicator: str, province: str) -> str:
    """An indicator, and the province that it is of."""
    name = published_label(indicator)
    if province == COUNTRY:
        return name
    return say("{indicator}, {province}", indicator=name, province=PROVINCE_LABELS.get(province, province))
