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
LIVING: Final = frozenset({"places", "runs", "tables"})  # of the experiments: what lives and keeps a life
# Files and folders that only show what was found, or say what can be asked: an answer holds what was.
PRESENTING: Final = frozenset(
    {"common_keys", "figure", "figures", "findings", "keys", "page", "sections", "words"}
)
COUNTING: Final = "language"  # of experiments/pages: its words enter tables


def hashes(past: "Scenario", knowledge: str) -> dict[str, str]:
    """Of all files that decide a life, but for those whose content is part of its key.

    Parameters
    ----------
    past
        Scenario of the years to the fork, which every life shares.
    knowledge
        Name of the table that draws come from.
    """
    return {
        **files(),
        "past_hash": content_hash(past.as_dict()),
        "knowledge_hash": knowledge_hash(knowledge),
    }


def files() -> dict[str, str]:
    """Of the sources that decide a life, the published figures and the registers of parameters."""
    from sim.data import data_hash

    return {"code_hash": code_hash(), "data_hash": data_hash(), "parameters_hash": parameters_hash()}


def code_hash() -> str:
    """Of every source that decides a life: no edit of a question makes it another one."""
    return _code_hashes()[0]


def answer_hash() -> str:
    """Of every further source that decides what an answer makes of lives."""
    return _code_hashes()[1]


@cache
def _code_hashes() -> tuple[str, str]:
    """Both as they were when this process, which runs the sources, first asked for one of them."""
    return files_hash(ROOT, living()), files_hash(ROOT, answering())


def living() -> list[Path]:
    """Sources of the simulation with its constants, and those of the experiments that live and keep a life.

    Constants are read when the simulation is imported, like code.
    """
    found = [path for path in _sources("experiments") if _room(path) in LIVING]
    return [*_sources("sim"), *found, ROOT / "configs/parameters/constants.yaml"]


def answering() -> list[Path]:
    """All other sources of the experiments, but those that only show."""
    return [path for path in _sources("experiments") if _room(path) not in LIVING and not _only_shows(path)]


def _sources(top: str) -> list[Path]:
    """What Python can import of a folder of the project: ``month (1).py`` decides nothing."""
    return [path for path in ours(ROOT / top, "**/*.py") if path.stem.isidentifier()]


def _room(source: Path) -> str:
    """The room of the experiments in which a source stands, which may be the source itself."""
    return source.relative_to(ROOT / "experiments").with_suffix("").parts[0]


def _only_shows(source: Path) -> bool:
    """Whether a source of the experiments makes no number that is kept."""
    room, *names = source.relative_to(ROOT / "experiments").with_suffix("").parts
    return source.stem != COUNTING if room == "pages" else not PRESENTING.isdisjoint(names)


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
