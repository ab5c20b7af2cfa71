"""The folder of a study: the question, the lives that it planned, and where everything else of it lies."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from experiments.answers.common_keys import check_name
from experiments.runs import failures, plain, presence
from experiments.runs.files import canonical, content_hash, file_written_aside, read_json, remove, write_json
from experiments.runs.interruption import FailedLivesError
from experiments.runs.life import Life
from experiments.runs.plan import Cell
from experiments.runs.sources import hashes
from experiments.runs.store import DamagedPartError, LifeStore
from sim.checks import way_out
from sim.errors import InputError
from sim.strays import ours

FORMAT: Final = 2  # of these folders; another one is not read
QUESTION, PLAN = "study.json", "plan.json"
FOLDERS: Final = (failures.FOLDER, presence.FOLDER, "report", "export")


class DamagedStudyError(InputError):
    """A file that says what the study is cannot be used; the command of the study writes it anew."""


class Study:
    """The work on a question, below a results folder; other processes and later commands read it.

    Parameters
    ----------
    results
        The results folder.
    verb, name
        The question: a verb of the command line, and a plain name; InputError for one that could leave the
        folder, or when a folder of the study does.
    """

    def __init__(self, results: Path, verb: str, name: str) -> None:
        check_name("name", name)
        self.results, self.verb, self.name = results, verb, name
        self.folder = results / "studies" / verb / name
        self.store = LifeStore(results)
        self._planned: dict[tuple[str, str], tuple[Life, set[str]]] = {}  # by number and scenario
        for inside in FOLDERS:  # what stands in them may be moved aside or removed
            if (self.folder / inside).is_symlink():
                raise InputError(
                    "a study keeps its files in folders of its own, and follows no link; "
                    f"move {self.folder / inside} away"
                )

    @property
    def full_name(self) -> str:
        """Its name where studies of other questions may have the same."""
        return f"{self.verb}/{self.name}"

    @property
    def failed(self) -> Path:
        """Folder of what stopped single lives."""
        return self.folder / failures.FOLDER

    @property
    def presence(self) -> Path:
        """Folder in which those who work say so."""
        return self.folder / presence.FOLDER

    def exists(self) -> bool:
        """Whether its question was written."""
        return (self.folder / QUESTION).is_file()

    def begin(self, settings: Mapping[str, Any], **facts: Any) -> None:
        """Write down the question: all that was chosen, and what else is to be remembered of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        told = {"format": FORMAT, "settings": dict(settings), **facts}
        with file_written_aside(self.folder / QUESTION) as path:
            write_json(path, {**told, "digest": content_hash(told)})

    def facts(self) -> dict[str, Any]:
        """The question as it was written, checked.

        Raises
        ------
        InputError
            When there is no such study, or its file is damaged or of another format.
        """
        if not self.exists():
            raise no_study(self.name, self.results, self.verb)
        return self._read(QUESTION)

    # What the executor tells.

    def plan(self, cells: Sequence[Cell]) -> None:
        """Keep which lives are planned, and what is wanted of each."""
        before = self._size()
        for cell in cells:
            for life in cell.lives:
                name = life.run_id, life.scenario.name
                self._planned.setdefault(name, (life, set()))[1].update(cell.wanted(life))
        if self._size() == before:
            return
        content = plain.written(life for life, _ in self._planned.values())
        for row, (_, wanted) in zip(content["lives"], self._planned.values(), strict=True):
            row["wanted"] = sorted(wanted)
        told = {"format": FORMAT, **content}
        self.folder.mkdir(parents=True, exist_ok=True)
        with file_written_aside(self.folder / PLAN) as path:
            path.write_text(
                canonical({**told, "digest": content_hash(told)}), encoding="utf-8"
            )  # of many lives

    def _size(self) -> int:
        """Numbers of all that is wanted."""
        return sum(1 + len(wanted) for _, wanted in self._planned.values())

    def without_failed(self, cells: Sequence[Cell]) -> list[Cell]:
        """The cells, less the lives that failed before: ``retry`` takes them up."""
        failed = failures.notes(self.failed)
        left = [
            replace(cell, lives=tuple(life for life in cell.lives if life.run_id not in failed))
            for cell in cells
        ]
        return [cell for cell in left if cell.lives]

    def check_whole(self, lacking: Sequence[Cell]) -> None:
        """Raise FailedLivesError when lives are lacking, with what stopped the first."""
        lives = [life for cell in lacking for life in cell.lives]
        if lives:
            first = failures.notes(self.failed).get(lives[0].run_id, {}).get("fault", "no word of it")
            raise FailedLivesError(
                f"{len(lives)} of {len(self._planned)} lives failed ({str(first)[:90]}), the others are kept "
                f"(tracebacks: {self.failed}); workforce retry {self.full_name} tries them again"
            )

    # What others read.

    def rows(self) -> list[dict[str, Any]]:
        """Planned lives: ``run_id``, ``seed``, ``draw``, ``wanted`` and more; none before there is a plan."""
        if not (self.folder / PLAN).is_file() and self.exists():
            return []
        return list(self._read(PLAN)["lives"])

    def lives(self) -> list[Life]:
        """Planned lives; InputError when the file is not as it was written."""
        try:
            return plain.read(self._read(PLAN))
        except (ValueError, TypeError, KeyError):
            raise self.of_another_version() from None

    def check_version(self) -> None:
        """Refuse to live again what other sources, data or parameters made."""
        for world in self._read(PLAN)["worlds"].values():
            one = plain.world(world)
            if one.hashes != hashes(one.past, one.knowledge):
                raise self.of_another_version()

    def of_another_version(self) -> InputError:
        """What is said when sources, data or parameters have changed since the study began."""
        return InputError(
            f"study '{self.name}' was made by another version of code, data or parameters; it can still "
            "be read, but takes no more lives: choose another name"
        )

    def damaged(self, fault: DamagedPartError) -> InputError:
        """What is said of a part of the store that is not as it was written."""
        return InputError(
            f"{fault}; workforce verify {self.full_name} puts it aside, and the command of the study lives "
            "again what was in it"
        )

    def forget_failures(self) -> int:
        """Forget what failed, so that it is tried again; the number of lives."""
        noted = failures.notes(self.failed)
        for run_id in noted:
            remove(self.failed / f"{run_id}.json")
        return len(noted)

    def _read(self, name: str) -> dict[str, Any]:
        """One of the two files, checked."""
        path = self.folder / name
        try:
            content = dict(read_json(path))
            sound = content.pop("digest") == content_hash(content)
        except (OSError, ValueError, KeyError, TypeError):
            sound = False
        if not sound:
            raise DamagedStudyError(
                f"{path} is damaged; give the command of the study again "
                f"(workforce {self.verb} name={self.name} ...), which writes it anew and keeps finished lives"
            )
        if content["format"] != FORMAT:
            raise InputError(f"study '{self.name}' is of another format than this version reads")
        return content


def find(results: Path, name: str, verbs: Iterable[str] = ()) -> Study:
    """The study that a name means: ``NAME``, or ``VERB/NAME`` when several have it.

    Parameters
    ----------
    results
        The results folder.
    name
        As typed.
    verbs
        Questions that can be meant; all by default.

    Raises
    ------
    InputError
        When there is none, or more than one.
    """
    verb, slash, last = name.rpartition("/")
    check_name("name", last)
    known = [path.parent for path in ours(results / "studies", f"*/*/{QUESTION}")]
    allowed = set(verbs) or {path.parent.name for path in known}
    there = [path for path in known if path.parent.name in allowed]
    found = [path for path in there if path.name == last and (not slash or path.parent.name == verb)]
    if len(found) > 1:
        names = " or ".join(sorted(f"{path.parent.name}/{path.name}" for path in found))
        raise InputError(f"more than one study is named '{last}'; say which: {names}")
    if not found:
        raise no_study(name, results, *allowed)
    return Study(results, found[0].parent.name, last)


def no_study(name: str, results: Path, *verbs: str) -> InputError:
    """What is said of a name that no study has."""
    folder = results / "studies"
    if (folder / name / QUESTION).is_file():
        return InputError(
            f"study '{name}' was written by an earlier version, whose runs this one does not read; "
            "give its command again under another name"
        )
    found = [path.parent for verb in verbs for path in ours(folder / verb, f"*/{QUESTION}")]
    known = sorted(f"{path.parent.name}/{path.name}" for path in found)
    way = way_out(name, known) if known else "workforce sweep makes one"
    return InputError(f"there is no study '{name}' in {folder}: {way}")
