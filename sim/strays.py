"""What systems and editors leave beside files: it decides nothing, and everybody passes it over."""

from pathlib import Path
from typing import Final

BEGIN: Final = (".", "#", "~$")
LEFT: Final = ("thumbs.db", "desktop.ini", "icon\r", "__pycache__", "__macosx", "@eadir")  # in small letters


def ours(folder: Path, pattern: str) -> list[Path]:
    """Files and folders below a folder that match a pattern, in the order of their names, but no strays.

    Parameters
    ----------
    folder
        Where to look; its own name may be any.
    pattern
        As of :meth:`pathlib.Path.glob`; ``**/*.py`` looks into folders too.
    """
    found = (path for path in Path(folder).glob(pattern) if not is_stray(path.relative_to(folder)))
    return sorted(found)


def is_stray(path: Path) -> bool:
    """Whether a path is, or lies in, what nobody wrote on purpose.

    Hidden files (``.DS_Store``, ``._frozen.yaml``, ``.ipynb_checkpoints/``), backups of editors
    (``frozen.yaml~``, ``#frozen.yaml#``, ``~$figures.csv``) and what Windows and servers of files add.
    """
    return any(part.startswith(BEGIN) or part.endswith("~") or part.casefold() in LEFT for part in path.parts)
