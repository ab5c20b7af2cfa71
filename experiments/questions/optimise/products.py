"""The files that an optimisation leaves."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
import yaml

from experiments.answers.folder import asked, edition_of, made
from experiments.outcomes.attained import NAMES
from experiments.questions.optimise import words
from experiments.questions.optimise.choice import Choice
from experiments.questions.optimise.found import Found
from experiments.questions.optimise.levers import Space
from experiments.questions.optimise.lives import COST, SPENT_ON
from experiments.questions.optimise.page import write_report
from experiments.questions.optimise.scores import Score
from experiments.runs.files import write_json, write_manifest, written_aside
from experiments.runs.machine import now
from experiments.tables.change import Change
from experiments.tables.handed_out import write_csv

DIGITS: Final = 6
WINNER: Final = "winner"  # also the name of its scenario, which must be that of its file


def write_found(found: Found, final: Path, seconds: float, user_set: Sequence[Change] = ()) -> Path:
    """Write tables, page, the winner as a scenario, and facts; the folder appears whole; returns the page."""
    with written_aside(final) as folder:
        front = table(found.space, found.front)
        front["role"] = [_role(found.choice, score) for score in found.front]
        write_csv(front.round(DIGITS), folder / "front.csv")
        write_csv(table(found.space, found.searched).round(DIGITS), folder / "candidates.csv")
        lines = yaml.safe_dump(winner(found), allow_unicode=True, sort_keys=False, width=110)
        (folder / f"{WINNER}.yaml").write_text(lines, encoding="utf-8")
        told = facts(found, seconds) | {"set_by_user": list(user_set)}
        write_json(folder / "summary.json", told)
        page = edition_of(found.keys.report).write(write_report, folder)
        write_manifest(folder, made(told["created"], found.keys.knowledge))
    return final / page.name


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


def winner(found: Found) -> dict[str, Any]:
    """The chosen mix as lines of a scenario that ``workforce compare`` understands."""
    score = found.trusted[0]
    return {
        **found.space.scenario(score.candidate),
        "name": WINNER,
        "title": "Mix that comes nearest" if found.unkept else "Chosen mix",
        "sentence": f"Chosen by workforce optimise: {words.mix(found.space, score)}. {words.outcome(found)}",
    }


def facts(found: Found, seconds: float) -> dict[str, Any]:
    """Facts for programs, and for whoever wants to trust or repeat it."""
    names = ("winner", "runner_up")
    bound = found.choice.binding
    return {
        "settings": asked(found.keys),
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
        "created": now(),
        "seconds": seconds,
    }  # fmt: skip


def _role(choice: Choice, score: Score) -> str:
    if score is choice.winner:
        return "winner"
    return "runner-up" if score is choice.runner_up else ""
