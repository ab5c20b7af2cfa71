"""A made-up attribution, to build its answer and its page without living any combination."""

from pathlib import Path
from typing import Any

import numpy as np

from experiments.questions.attribute.interactions import pairs
from experiments.questions.attribute.shapley import NAMES, Lived, levers, shares, totals
from experiments.questions.attribute.words import Answer
from experiments.runs.files import write_json


def made_up(rng: np.random.Generator, names: tuple[str, ...] = ("skills", "delivery")) -> Lived:
    """Outcomes in which delivery brings 100 and skills 10, the whole of skills assumed."""
    base = rng.normal(1_900.0, 50.0, (6, 1, 1))
    parts = np.array([0.0, 10.0, 100.0, 130.0])[None, :, None] * np.ones((6, 1, len(NAMES)))
    worth = base + parts + rng.normal(0.0, 1.0, (6, 4, len(NAMES)))  # of nobody, the one, the other, both
    there, back, both = worth[:, [0, 1, 3]], worth[:, [0, 2, 3]], worth[:, 3]
    without = np.stack([both - 30.0, both, both - 30.0], axis=1)
    pulled = worth[:, -1:] + np.array([18.0, 0.0, 19.0, 1.0])[None, :, None]
    return Lived(names, np.tile([0, 1], (6, 1)), there, back, without, pulled)


def answered(folder: Path, lived: Lived) -> Answer:
    folder.mkdir()
    tables = {"shares": shares, "interactions": pairs, "levers": levers, "totals": totals}
    for name, made in tables.items():
        made(lived).to_csv(folder / f"{name}.csv", index=False)
    chosen: dict[str, Any] = {
        "scenario": {"name": "skills_first", "title": "Skills first"},
        "draws": 6, "agents": 5_000, "name": "<one>",
        "targets": {"year": 2035, "national": 2_000, "provincial": 10_000, "city": 50_000},
    }  # fmt: skip
    facts = {"titles": ["Frozen", "Skills first"], "created": "2026-01-01T00:00:00+00:00", "orders": []}
    write_json(folder / "summary.json", {"settings": chosen, **facts})
    return Answer(folder)
