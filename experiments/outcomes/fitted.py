"""What calibration is fitted to: indicators and their weights, as ``targets.yaml`` names them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from experiments.places import CONFIGS
from sim.checks import read_yaml

TARGETS: Final = CONFIGS / "calibration/targets.yaml"
WEIGHTS: Final = ("high", "medium", "low", "provinces")


def weights(chosen: Mapping[str, Any]) -> dict[str, str]:
    """Weight of each indicator of what the file holds, those of the rows that stand in it among them."""
    listed = {name: kind for kind in WEIGHTS for name in chosen[kind]}
    return listed | {name: kind for name, _, _, kind, _ in chosen["further"]}


def is_fitted(indicator: str, path: Path = TARGETS) -> bool:
    """Whether calibration takes figures of an indicator."""
    return indicator in weights(read_yaml(path))
