"""When a study knows enough: the interval of a probability is narrow, or a limit is reached."""

import re
from typing import NamedTuple

from experiments.questions.sweep.design import Design
from experiments.questions.sweep.reading import probabilities
from experiments.study.folder import Study
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


def more_needed(study: Study, rule: Rule, design: Design, most_runs: int) -> Design | None:
    """The design with more lives, while the interval is too wide and there may be more; else None.

    Draws are added where there are any: lives that share one count as less than a life in the interval.
    """
    width, more = widest(study, rule.target), larger(design)
    widths = f"{width:.3f} of {rule.width:g}"
    print(f"{design.runs()} runs: widest interval of '{rule.target}' {widths}", flush=True)
    return None if width < rule.width or more.runs() > most_runs else more


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
