"""What a study planned, and what is kept of it."""

from pathlib import Path
from typing import Any

from experiments.questions.sweep.design import Design
from experiments.questions.sweep.reading import design_of
from experiments.study.folder import Study
from tests.kept_lives import lives_kept


def study(results: Path, name: str = "one", verb: str = "sweep") -> Study:
    """A study below a results folder."""
    return Study(results, verb, name)


def planned(one: Study) -> list[str]:
    """Numbers of its lives."""
    return [row["run_id"] for row in one.rows()]


def design(one: Study) -> Design:
    """What a sweep varies."""
    return design_of(one)


def finished(results: Path) -> dict[str, dict[str, Any]]:
    """Facts of every life that is kept, whichever part it stands in, by its number."""
    return {facts["run_id"]: facts for facts in lives_kept(results)}


def digests(results: Path) -> dict[str, str]:
    """State of every life that is kept."""
    return {run_id: facts["state_digest"] for run_id, facts in finished(results).items()}


def nothing_double(results: Path) -> bool:
    """Whether every life that is kept stands in one part."""
    return len(lives_kept(results)) == len(finished(results))


def only_part(results: Path) -> Path:
    """Folder of the only part."""
    (part,) = (path for path in (results / "lives").iterdir() if path.name[0] != ".")
    return part
