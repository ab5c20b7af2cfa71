"""The files that decide results, by hash: another file, another key, and no old number answers for it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from experiments.places import CONFIGS, ROOT
from experiments.runs.files import content_hash, file_hash, files_hash
from sim.errors import InputError
from sim.policy.files import names_in
from sim.strays import ours

if TYPE_CHECKING:
    from sim.policy.scenario import Scenario

REGISTERS: Final = ("law", "measures", "observation", "places", "rates")  # of configs, but constants
# Files and folders that only show what was found, or say what can be asked: a life's name holds what was.
PRESENTING: Final = frozenset(
    {"common_keys", "figure", "figures", "findings", "keys", "page", "sections", "words"}
)
COUNTING: Final = "language"  # of experiments/pages: its words enter tables


def hashes(past: "Scenario", knowledge: str) -> dict[str, str]:
    """Of all files that decide a life, but for those whose content is part of its key.

    Parameters
    ----------
    past
        Scenario of the years to 2024, which every life shares.
    knowledge
        Name of the table that draws come from.
    """
    return {
        **files(),
        "past_hash": content_hash(past.as_dict()),
        "knowledge_hash": knowledge_hash(knowledge),
    }


def files() -> dict[str, str]:
    """Of the sources, the published figures and the registers of parameters."""
    from sim.data import data_hash

    return {"code_hash": code_hash(), "data_hash": data_hash(), "parameters_hash": parameters_hash()}


@cache
def code_hash() -> str:
    """Of every source that can decide a number, as it was when this process, which runs it, first asked."""
    return files_hash(ROOT, deciding())


def deciding() -> list[Path]:
    """Sources of the simulation with its constants, and those of the experiments that do more than show.

    Constants are read when the simulation is imported, like code. What Python cannot import, such as
    ``month (1).py``, decides nothing.
    """
    found = [*ours(ROOT / "sim", "**/*.py"), *ours(ROOT / "experiments", "**/*.py")]
    sources = [path for path in found if path.stem.isidentifier() and not only_shows(path.relative_to(ROOT))]
    return [*sources, ROOT / "configs/parameters/constants.yaml"]


def only_shows(source: Path) -> bool:
    """Whether a source, by its path below the project, makes no number that is kept."""
    top, *folders = source.parent.parts
    if top != "experiments" or not folders:
        return False
    if folders[0] == "pages":
        return source.stem != COUNTING
    return not PRESENTING.isdisjoint((*folders, source.stem))


def options(group: str) -> list[str]:
    """Names that a group of ``configs/`` offers, such as those of the scenarios."""
    return names_in(CONFIGS / group)


def parameters_hash() -> str:
    """Of the registers of parameters; but for the constants, other files of their folder are nobody's."""
    folder = CONFIGS / "parameters"
    return files_hash(folder, [folder / f"{name}.yaml" for name in REGISTERS])


def knowledge_hash(knowledge: str) -> str:
    """Of the table that the draws come from."""
    from sim.inputs import PRIOR, posterior_file

    return PRIOR if knowledge == PRIOR else file_hash(posterior_file(CONFIGS, knowledge))


def check_unchanged(known: Mapping[str, Any]) -> None:
    """Refuse to live under a key that other files decided: one of them was edited amid a command.

    Parameters
    ----------
    known
        Some of what :func:`files` gave when the command began, in another process.
    """
    if any(known.get(name, value) != value for name, value in files().items()):
        raise InputError(
            "a source, a data file or a register of parameters was changed while this command ran; what was "
            "finished before is kept: give the command again"
        )
