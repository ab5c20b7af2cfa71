"""How well the numbers of a page are evidenced: what moves them, by grade of evidence.

``configs/evidence.csv`` holds a screening (Morris) of all uncertain numbers: the part that each has in what
moves an outcome at the end of 2035, by ``docs/generate_evidence.py``. What a number rests on is more than
the count of its assumptions: most of them move nothing.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import pandas as pd

from experiments.pages.language import say
from experiments.pages.words import clauses, percent
from experiments.places import CONFIGS
from experiments.tables.rows import records


class RestsOn(NamedTuple):
    """Outcomes of ``experiments/questions/sensitivity/outcomes.py`` whose evidence some numbers share.

    ``kind`` is ``level``, the outcome under a scenario, or ``difference``, what a scenario changes.
    """

    outcomes: tuple[str, ...]
    kind: str = "level"


GRADES: Final = ("A", "B", "C")  # measured in China; from elsewhere or derived; assumed
TIERS: Final = RestsOn(("national_attainment", "provincial_attainment", "city_attainment"))
TIERS_APART: Final = RestsOn(TIERS.outcomes, "difference")


@dataclass(frozen=True)
class Evidence:
    """What some numbers rest on.

    Attributes
    ----------
    parts
        Share of each grade in what moves them; they sum to one.
    first, first_grade, first_part
        Meaning of the uncertain number that moves them most, its grade and its share.
    """

    parts: dict[str, float]
    first: str
    first_grade: str
    first_part: float

    @property
    def grade(self) -> str:
        """The best grade of which at least half of what moves the numbers is."""
        reached = 0.0
        for grade in reversed(GRADES):
            reached += self.parts[grade]
            if reached >= 0.5:
                return grade
        return GRADES[0]

    @property
    def first_said(self) -> str:
        """The meaning of what moves them most, as part of a sentence."""
        return say(self.first).rstrip(".\N{IDEOGRAPHIC FULL STOP}")

    @property
    def short(self) -> str:
        """``C 71 %, B 28 %, A 1 %``."""
        return clauses([f"{grade} {percent(self.parts[grade])}" for grade in reversed(GRADES)])

    @property
    def sentence(self) -> str:
        """Grade, parts, and what moves the numbers most."""
        return say(
            "Evidence {grade}: of what moves these numbers {assumed} is assumed (C), {elsewhere} derived or "
            "measured elsewhere (B), {measured} measured in China (A). "
            "The number that moves them most is “{first}” ({part}, {of}).",
            grade=self.grade,
            assumed=percent(self.parts["C"]),
            elsewhere=percent(self.parts["B"]),
            measured=percent(self.parts["A"]),
            first=self.first_said,
            part=percent(self.first_part),
            of=self.first_grade,
        )


@lru_cache
def evidence(of: RestsOn) -> Evidence:
    """What some outcomes rest on, on average."""
    rows = _screening()
    rows = rows[rows["outcome"].isin(of.outcomes) & (rows["kind"] == of.kind)]
    summed = rows.groupby(["meaning", "evidence"], sort=False)["part"].sum()
    parts = pd.DataFrame((summed / summed.sum()).reset_index())
    by_grade = parts.groupby("evidence")["part"].sum()
    first = records(parts.sort_values("part", ascending=False, kind="stable").head(1))[0]
    return Evidence(
        parts={grade: float(by_grade.get(grade, 0.0)) for grade in GRADES},
        first=first["meaning"],
        first_grade=first["evidence"],
        first_part=first["part"],
    )


@lru_cache(maxsize=1)
def _screening() -> pd.DataFrame:
    return pd.read_csv(CONFIGS / "evidence.csv", comment="#")
