"""Finished comparisons of two people, made up: parts of one made-up store under names of their own."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from experiments.runs.files import write_json, write_manifest
from tests.synthetic_store import write_store, write_table

HASHES = ("code_hash", "data_hash", "parameters_hash", "past_hash", "knowledge_hash")
MINE = {"frozen": "frozen", "reform": "reform", "adaptive": "adaptive"}
THEIRS = {"frozen": "frozen", "reform": "weak_delivery", "plan": "skills_first"}


def finished(folder: Path, scenarios: Mapping[str, str], runs: int = 8, **facts: Any) -> Path:
    """Write a comparison; ``scenarios`` names those of the store by what the comparison calls them."""
    figures, described, assumptions, manifest = _store(runs)
    folder.mkdir(parents=True)
    rows = {name: figures[figures["scenario"] == source] for name, source in scenarios.items()}
    called = [part.assign(scenario=name) for name, part in rows.items()]
    write_table(pd.concat(called), folder / "indicators.parquet")
    records = [
        {
            **described[source],
            "name": name,
            "title": described[name]["title"] if name in described else name.capitalize(),
            "labour_demand_growth_per_year": -0.006,
            "wage_growth_per_year": 0.045,
        }
        for name, source in scenarios.items()
    ]
    write_json(folder / "scenarios.json", records)
    write_json(folder / "assumptions.json", assumptions)
    digests = {
        f"{name} seed={seed} draw={draw}": f"{source}{seed}"
        for name, source in scenarios.items()
        for seed, draw in zip(manifest["seeds"], manifest["draws"], strict=True)
    }
    hashes = {name: name[0] * 64 for name in HASHES}
    chosen = {"knowledge": "until_2024", "parameters": {}, "set_by_user": [], "state_digests": digests}
    named = {"name": folder.name, "scenarios": list(scenarios)}
    write_manifest(folder, {**manifest, **hashes, **chosen, **named, **facts})
    return folder


@cache
def _store(runs: int) -> tuple[pd.DataFrame, dict[str, Any], list[Any], dict[str, Any]]:
    """Figures, scenarios by name, assumptions and facts of a store, read once."""
    with TemporaryDirectory() as place:
        folder = write_store(Path(place) / "store", scenarios=5, runs=runs)
        figures = pd.read_parquet(folder / "indicators.parquet")
        texts = [(folder / f"{name}.json").read_text() for name in ("scenarios", "assumptions", "manifest")]
    scenarios, assumptions, manifest = map(json.loads, texts)
    return figures, {record["name"]: record for record in scenarios}, assumptions, manifest
