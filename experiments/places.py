"""Where the project lies."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CONFIGS: Final = ROOT / "configs"
LATEST: Final = "until_2024"  # the shipped calibration that knows most: a folder of configs/calibration
