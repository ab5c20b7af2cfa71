"""What an optimisation leaves: its tables, the winner as a scenario, and facts."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import yaml

from experiments.outcomes.attained import NAMES
from experiments.questions.optimise import words
from experiments.questions.optimise.choice import Choice, Found
from experiments.questions.optimise.levers import Space
from experiments.questions.optimise.scores import COST, SPENT_ON, Score

WINNER: Final = "winner"  # also the name of its scenario, which must be that of its file


def tables(found: Found) -> dict[str, pd.DataFrame | str]:
    """Mixes of the front with their roles, all mixes of the search, and the winner as a scenario."""
    front = table(found.space, found.front)
    front["role"] = [_role(found.choice, score) for score in found.front]
    lived = table(found.space, found.searched)
    return {"front": front, "candidates": lived, f"{WINNER}.yaml": as_yaml(found)}


def table(space: Space, scores: Sequence[Score]) -> pd.DataFrame:
    """One row per candidate: levers, cost in billion yuan, probabilities, means of outcomes."""
    return pd.DataFrame([row(space, score) for score in scores])


def row(space: Space, score: Score) -> dict[str, Any]:
    """A candidate as a line of a table."""
    low, high = score.interval
    levers = {
        lever.name: lever.text(value) if lever.kind == "start" else value
        for lever, value in zip(space.levers, score.candidate, strict=True)
    }
    chances = {f"probability_{tier}": share for tier, share in score.probabilities.items()}
    return {
        **levers,
        "cost_billion_yuan": score.cost,
        **chances,
        "probability_all": score.probability,
        "probability_low": low,
        "probability_high": high,
        "probability_smooth": score.smooth_probability,
        "safety": score.safety,
        "cells": len(score.lived),
        **{name: score.mean(name) for name in NAMES},
    }


def as_yaml(found: Found) -> str:
    """The chosen mix as a scenario that ``workforce compare`` understands."""
    score = found.trusted[0]
    lines = {
        **found.space.scenario(score.candidate),
        "name": WINNER,
        "title": "Mix that comes nearest" if found.unkept else "Chosen mix",
        "sentence": f"Chosen by workforce optimise: {words.mix(found.space, score)}. {words.outcome(found)}",
    }
    return str(yaml.safe_dump(lines, allow_unicode=True, sort_keys=False, width=110))


def facts(found: Found) -> dict[str, Any]:
    """Facts for programs, and for whoever wants to trust or repeat it."""
    names = ("winner", "runner_up")
    bound = found.choice.binding
    return {
        "kept_to_all_wishes": not found.unkept,
        "unkept": [
            {"wish": wish.name, "limit": wish.limit, "missed": wish.missed(found.trusted[0])}
            for wish in found.unkept
        ],
        "binding": bound
        and {"wish": bound.wish.name, "limit": bound.wish.limit, "missed": bound.missed,
             "sentence": words.verdict(found)},
        **{
            name: row(found.space, score)
            | {f"{COST}_{name}": score.mean(f"{COST}_{name}") for name in SPENT_ON}
            | {"satisficing_share_of_draws": on_front.probability, "regret": loss._asdict()}
            for name, score, on_front, loss in zip(
                names, found.trusted, found.choice.both, found.regrets, strict=False
            )
        },
        "runner_up_less_winner": {
            "cost_billion_yuan": found.cost_apart and found.cost_apart._asdict(),
            "probability_all": found.probability_apart and found.probability_apart._asdict(),
        },
        "without_family": {
            family: {
                "probability_all": score.probability,
                "cost_billion_yuan": score.cost,
                "lost": float((found.trusted[0].margin - score.margin).mean()),
            }
            for family, score in found.without.items()
        },
        "candidates": len(found.searched),
    }  # fmt: skip


def _role(choice: Choice, score: Score) -> str:
    if score is choice.winner:
        return "winner"
    return "runner-up" if score is choice.runner_up else ""
