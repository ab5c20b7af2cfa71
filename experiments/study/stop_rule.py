"""When a study knows enough: the interval of a probability is narrow, or a limit is reached."""

import re
from typing import Any, NamedTuple

import pandas as pd

from experiments.study.design import Design
from experiments.study.folder import Study
from experiments.study.launch import launch
from experiments.study.reading import probabilities
from experiments.study.state import failed_runs
from sim.errors import InputError
from sim.targets import TARGET_TIERS

TARGETS = ("all", *TARGET_TIERS)
PATTERN = re.compile(r"\s*(?:(\w+)\s+)?interval\s*<\s*(0?\.\d+)\s*")


class Rule(NamedTuple):
    """The target whose probability is looked at, and the width that its 95 % interval shall have."""

    target: str
    width: float


def read_rule(text: str | None) -> Rule | None:
    """Read ``until``; InputError for what is no rule."""
    if text is None:
        return None
    match = PATTERN.fullmatch(text)
    target = (match[1] or "all") if match else ""
    if not match or target not in TARGETS or float(match[2]) == 0.0:
        raise InputError(f"until={text} is not understood; write 'interval<0.1' or 'national interval<0.1'; "
                         f"targets are {', '.join(TARGETS)}")  # fmt: skip
    return Rule(target, float(match[2]))


def live_until(study: Study, chosen: dict[str, Any]) -> None:
    """Live the plan; with a rule, add runs in batches until it is met, or the most runs are reached.

    Draws are added where there are any: runs that share one count as less than a run in the interval.
    """
    rule = read_rule(chosen["until"])
    launch(study, chosen, _not_failed(study))
    while rule and not failed_runs(study):
        width = widest(study, rule.target)
        design = study.design()
        runs = design.runs()
        more = larger(design)
        print(f"{runs} runs: widest interval of '{rule.target}' {width:.3f} of {rule.width:g}", flush=True)
        if width < rule.width or more.runs() > chosen["most_runs"]:
            return
        study.write(more, study.facts()["chosen"])
        launch(study, chosen, _not_failed(study))


def larger(design: Design) -> Design:
    """The same with half as many draws more, or seeds when the best fit stands alone."""
    if design.draws:
        return design.grown(design.seeds, design.draws + max(1, design.draws // 2))
    return design.grown(design.seeds + max(1, design.seeds // 2), 0)


def widest(study: Study, target: str) -> float:
    """Widest 95 % interval of the probability of a target, over settings and scenarios."""
    table = probabilities(study)
    chosen = table[table["target"] == target]
    return float((chosen["probability_high"] - chosen["probability_low"]).max())


def _not_failed(study: Study) -> pd.DataFrame:
    """Runs of the plan but those that failed before: ``retry`` takes them up."""
    plan = study.plan()
    return plan[~plan["run_id"].isin(list(failed_runs(study)))]
