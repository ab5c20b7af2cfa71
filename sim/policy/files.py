"""Which files of a folder are choices; by itself, so that a question is answered without reading any."""

from pathlib import Path


def names_in(folder: Path) -> list[str]:
    """Names of the YAML files of a folder, sorted.

    Hidden files are none: systems and editors leave ``._frozen.yaml`` and the like beside the real ones.
    """
    return sorted(
        path.stem
        for path in folder.glob("*.yaml")
        if path.is_file() and not path.name.startswith((".", "~$"))
    )
