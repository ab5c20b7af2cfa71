"""What binds each tier over the years, in one sentence."""

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Final

import pandas as pd

from experiments.pages.language import Labels, say
from experiments.pages.scenario import Scenario
from experiments.pages.words import clauses, grouped, listed
from experiments.questions.compare.findings.bottleneck import mostly
from experiments.questions.compare.reading import Comparison

NAMES: Final = Labels(
    {
        "quota": "the quota",
        "candidates": "the supply of qualified candidates",
        "completion": "completion",
        "retention": "retention",
    }
)
MEANINGS: Final = Labels(
    {
        "quota": "The quota is the number of places.",
        "candidates": "The supply of qualified candidates binds where places stay empty for want of them.",
        "completion": "Completion binds where candidates fail the evaluation after cultivation.",
        "retention": "Retention binds where candidates retire, leave or die during cultivation.",
    }
)
PHASES_SAID: Final = 3  # a path with more turns is said by what binds most often

Phase = tuple[str, int]  # what binds, and the last year in which it does


def phases(binding: Sequence[str], years: Sequence[int]) -> tuple[Phase, ...]:
    """Years in a row in which the same binds, as its name and the last of them."""
    runs = [list(group) for _, group in groupby(zip(binding, years, strict=True), key=lambda pair: pair[0])]
    return tuple(run[-1] for run in runs)


def meant(stages: Collection[str]) -> list[str]:
    """What the names of some stages mean, a sentence each."""
    return [MEANINGS[stage] for stage in NAMES if stage in stages]


def most_said(scenario: Scenario, binding: Sequence[str]) -> str:
    """What binds most of the intakes of a scenario, as a clause."""
    stage, hits = mostly(binding)
    return say(
        "under {scenario} mostly {stage} ({hits} of {intakes} intakes)",
        scenario=scenario.label, stage=NAMES[stage], hits=grouped(hits), intakes=grouped(len(binding)),
    )  # fmt: skip


def sentence(comparison: Comparison, data: pd.DataFrame) -> str:
    """What binds in most runs, scenario by scenario; those that share their path are named together.

    ``data`` is one tier of :func:`experiments.questions.compare.findings.bottleneck.by_year`.
    """
    paths: dict[tuple[tuple[str, ...], tuple[int, ...]], list[str]] = {}
    for scenario in comparison.scenarios:
        own = data[data["scenario"] == scenario.name]
        if not own.empty:
            path = tuple(own["binding"]), tuple(int(year) for year in own["year"])
            paths.setdefault(path, []).append(scenario.label)
    if len(paths) == 1:
        return say("By year of intake: {path}.", path=_path(*next(iter(paths)), say("every scenario")))
    parts = [_path(*path, listed(labels)) for path, labels in paths.items()]
    return say("By year of intake: {path}.", path=clauses(parts, "; "))


def _path(binding: Sequence[str], years: Sequence[int], scenarios: str) -> str:
    """One path as a clause."""
    found = phases(binding, years)
    if len(found) > PHASES_SAID:
        most, hits = mostly(binding)
        return say(
            "under {scenarios} {stage} binds in {hits} of {years} years",
            scenarios=scenarios, stage=NAMES[most], hits=hits, years=grouped(len(years)),
        )  # fmt: skip
    if len(found) == 1:
        return say(
            "under {scenarios} {stage} binds throughout", scenarios=scenarios, stage=NAMES[found[0][0]]
        )
    if len(found) == 2:
        return say(
            "under {scenarios} {first} binds up to {year}, then {last}",
            scenarios=scenarios, first=NAMES[found[0][0]], year=found[0][1], last=NAMES[found[1][0]],
        )  # fmt: skip
    return say(
        "under {scenarios} {first} binds up to {year}, {second} up to {later}, then {last}",
        scenarios=scenarios, first=NAMES[found[0][0]], year=found[0][1], second=NAMES[found[1][0]],
        later=found[1][1], last=NAMES[found[2][0]],
    )  # fmt: skip
