"""Single lives in words: who somebody is, and what happens from year to year."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pandas as pd

from experiments.pages.labels import GRADE_LABELS, SECTOR_LABELS, TIER_LABELS
from experiments.pages.language import Labels, say
from experiments.pages.provinces import PROVINCES
from experiments.pages.scenario import Scenario
from experiments.pages.words import clauses, grouped, listed, span, yuan
from experiments.questions.compare.reading import Comparison
from experiments.tables.rows import records
from sim.calendar import FORK_YEAR

GROUP_LABELS: Final = Labels(
    {
        "migrant_apprentice": "A migrant apprentice",
        "woman_technician": "A woman technician",
        "new_craftsman": "A craftsman only under some policies",
        "loser": "One who loses",
        "median_worker": "The worker in the middle",
    }
)
WHY: Final = {
    "migrant_apprentice": "Of the apprentices of rural hukou outside their home province, the one whose path "
    "differs most between the scenarios.",
    "woman_technician": "Of the women who are technicians or above, the one whose path differs most between "
    "the scenarios.",
    "new_craftsman": "Of those without a certificate under {baseline}, the one who reaches the highest tier "
    "under another scenario.",
    "loser": "Of those in the industry at the end, the one whose last wage falls furthest behind that under "
    "{baseline}.",
    "median_worker": "Of all who are ranked by how their last wage changes, the one in the middle.",
}
PEOPLE: Final = Labels({"male": "A man", "female": "A woman"})
HUKOU_OF: Final = Labels({"rural": "rural hukou", "urban": "urban hukou"})
_PROVINCES: Final = {province.code: province.name for province in PROVINCES}


@dataclass(frozen=True)
class Person:
    """One chosen person: the group, and the years of the life under each scenario, the first at the fork."""

    group: str
    lives: dict[Scenario, list[dict[str, Any]]]

    @property
    def start(self) -> dict[str, Any]:
        """The state at the fork, which all scenarios share."""
        return next(iter(self.lives.values()))[0]


class Event(NamedTuple):
    """Something that happens in a year, of a kind that a figure marks, in words."""

    year: int
    kind: str
    text: str


def people(comparison: Comparison) -> list[Person]:
    """The chosen persons in the order of the rule; raises NotRecorded."""
    table = comparison.biographies
    found = []
    for group, rows in table.groupby("group", sort=False):
        lives: dict[Scenario, list[dict[str, Any]]] = {}
        for scenario in comparison.scenarios:
            own = rows[rows["scenario"] == scenario.name].sort_values("year")
            if not own.empty:
                lives[scenario] = records(own)
        found.append(Person(str(group), lives))
    return found


def province(code: str) -> str:
    """Name of a province."""
    return say(_PROVINCES.get(code, code))


def who(person: Person) -> str:
    """The person at the fork, in one sentence."""
    start = person.start
    return say(
        "{person} born in {born}, {hukou}, from {home}; at the end of {year} {grade}, {sector}, in "
        "{province}, {wage} a month.",
        person=PEOPLE[start["sex"]], born=start["born"], hukou=HUKOU_OF[start["hukou"]],
        home=province(start["home"]), year=FORK_YEAR, grade=GRADE_LABELS[start["grade"]].lower(),
        sector=SECTOR_LABELS[start["sector"]].lower(), province=province(start["province"]),
        wage=yuan(start["wage"]),
    )  # fmt: skip


def why(person: Person, comparison: Comparison) -> str:
    """The rule that chose the person."""
    return say(WHY[person.group], baseline=comparison.baseline.label)


def events(life: Sequence[dict[str, Any]]) -> list[Event]:
    """What happens between the ends of the years, in order; nothing more after leaving."""
    found: list[Event] = []
    for before, now in pairwise(life):
        year = int(now["year"])
        if now["status"] == "left":
            return [*found, Event(year, "left", say("leaves the industry at {age}", age=year - now["born"]))]
        found += [Event(year, *event) for event in _of_year(before, now)]
    return found


def _of_year(before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, str]]:
    """Kind and words of what differs between two ends of a year."""
    found = []
    rises = now["grade"] != before["grade"]
    if int(now["courses"]) > (0 if rises else int(before["courses"])):
        found.append(("course", say("finishes a course")))
    if rises:
        found.append(("grade", say("reaches {grade}", grade=GRADE_LABELS[now["grade"]].lower())))
    if now["province"] != before["province"]:
        home = now["province"] == now["home"]
        text = say(
            "returns home to {province}" if home else "moves to {province}",
            province=province(now["province"]),
        )
        found.append(("moved", text))
    if now["sector"] != before["sector"]:
        found.append(("sector", say("changes to {sector}", sector=SECTOR_LABELS[now["sector"]].lower())))
    if int(now["settled"]) > int(before["settled"]):
        found.append(("settled", say("gains urban rights")))
    if now["status"] == "unemployed" != before["status"]:
        found.append(("out_of_work", say("is out of work at the end of the year")))
    found += _recognition(before, now)
    return found


def _recognition(before: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, str]]:
    if now["tier"] != before["tier"] and now["tier"] != "none":
        return [
            ("certificate", say("receives the {tier} certificate", tier=TIER_LABELS[now["tier"]].lower()))
        ]
    if now["candidate"] == before["candidate"]:
        return []
    if now["candidate"] == "none":
        return [("failed", say("fails the evaluation"))]
    tier = TIER_LABELS[now["candidate"]].lower()
    return [("candidate", say("enters cultivation for the {tier} tier", tier=tier))]


def story(life: Sequence[dict[str, Any]]) -> str:
    """A life in one cell: what happens by year, and the courses together at the end."""
    found = events(life)
    parts = []
    for year in dict.fromkeys(event.year for event in found):
        texts = [event.text for event in found if event.year == year and event.kind != "course"]
        if texts:
            parts.append(say("{year} {events}", year=year, events=listed(texts)))
    courses = [str(event.year) for event in found if event.kind == "course"]
    if courses:
        parts.append(say("courses finished in {years}", years=listed(courses)))
    return clauses(parts, "; ") if parts else say("no change of grade, place or standing")


def end_of(life: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The last state of a life; None for who has left."""
    return life[-1] if life[-1]["status"] != "left" else None


def persons_of(found: Sequence[Person]) -> str:
    """How many persons the agents stand for, the fewest and the most."""
    numbers = [float(person.start["persons"]) for person in found]
    return span(min(numbers), max(numbers), grouped)


def table_of(found: Sequence[Person]) -> pd.DataFrame:
    """All rows behind the words, with what happens in each year."""
    rows = []
    for person in found:
        for life in person.lives.values():
            by_year: dict[int, list[str]] = {}
            for event in events(life):
                by_year.setdefault(event.year, []).append(event.kind)
            rows += [row | {"events": " ".join(by_year.get(int(row["year"]), []))} for row in life]
    return pd.DataFrame(rows)
