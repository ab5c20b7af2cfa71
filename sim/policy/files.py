"""Which files of a folder are choices; by itself, so that a question is answered without reading any."""

from pathlib import Path

from sim.strays import ours


def names_in(folder: Path) -> list[str]:
    """Names of the YAML files of a folder, sorted; strays such as ``._frozen.yaml`` are none."""
    return sorted(path.stem for path in ours(folder, "*.yaml") if path.is_file())
