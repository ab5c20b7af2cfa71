"""The folder of a study: its design, its plan, and where everything else of it lies."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from experiments.answers.checks import check_name
from experiments.answers.user_set import over_settings
from experiments.runs.files import (
    content_hash,
    file_written_aside,
    read_json,
    write_json,
)
from experiments.study.design import COLUMNS, Design
from sim.checks import way_out
from sim.errors import InputError
from sim.strays import ours

FORMAT = 2  # of these folders; another one is not read
DESIGN, PLAN = "study.json", "plan.parquet"
FOLDERS = ("parts", "failed", "presence", "launches", "damaged", "passing", "hydra", "report", "export")


class DamagedStudyError(InputError):
    """A file that says what the study is cannot be used; the command of the study writes it anew."""


class Study:
    """A study below a results folder; it is written once and then only grows.

    Parameters
    ----------
    results
        The results folder.
    name
        A plain name; InputError for one that could leave the folder, or when a folder of the study does.
    """

    def __init__(self, results: str, name: str) -> None:
        check_name(name)
        self.results, self.name = Path(results), name
        self.folder = self.results / "studies" / name
        for inside in FOLDERS:  # what stands in them may be moved aside or removed
            if (self.folder / inside).is_symlink():
                raise InputError(
                    "a study keeps its files in folders of its own, and follows no link; "
                    f"move {self.folder / inside} away"
                )

    @property
    def parts(self) -> Path:
        """Folder of the finished runs."""
        return self.folder / "parts"

    @property
    def failed(self) -> Path:
        """Folder of what stopped single runs."""
        return self.folder / "failed"

    @property
    def presence(self) -> Path:
        """Folder in which those who work say so."""
        return self.folder / "presence"

    @property
    def launches(self) -> Path:
        """Folder that says which runs belong to which job."""
        return self.folder / "launches"

    def exists(self) -> bool:
        """Whether its plan was written."""
        return (self.folder / DESIGN).is_file()

    def write(self, design: Design, chosen: dict[str, Any]) -> pd.DataFrame:
        """Write plan and design, the design last; returns the plan."""
        plan = design.plan()
        self.folder.mkdir(parents=True, exist_ok=True)
        with file_written_aside(self.folder / PLAN) as path:
            plan.to_parquet(path, index=False)
        facts = {"format": FORMAT, "design": asdict(design), "chosen": chosen, "plan": _hash_of(plan)}
        facts["hashes"] = hashes_of(design)
        facts["set_by_user"] = over_settings(design.user_set())
        with file_written_aside(self.folder / DESIGN) as path:
            write_json(path, {**facts, "digest": content_hash(facts)})
        return plan

    def facts(self) -> dict[str, Any]:
        """The design as it was written, checked.

        Raises
        ------
        InputError
            When there is no such study, or its file is damaged or of another format.
        """
        if not self.exists():
            known = [path.parent.name for path in ours(self.folder.parent, f"*/{DESIGN}")]
            way = way_out(self.name, known) if known else "workforce sweep makes one"
            raise InputError(f"there is no study '{self.name}' in {self.folder.parent}: {way}")
        try:
            facts = dict(read_json(self.folder / DESIGN))
            sound = facts.pop("digest") == content_hash(facts)
        except (ValueError, KeyError, TypeError):
            sound = False
        if not sound:
            raise DamagedStudyError(self._damaged(DESIGN))
        if facts["format"] != FORMAT:
            raise InputError(f"study '{self.name}' is of another format than this version reads")
        return facts

    def design(self) -> Design:
        """What it varies."""
        content = self.facts()["design"]
        lists = {key: tuple(content[key]) for key in ("scenarios", "settings")}
        return Design(**{**content, **lists})

    def plan(self) -> pd.DataFrame:
        """Its runs, one row each; InputError when the file is not as it was written."""
        expected = self.facts()["plan"]
        try:
            plan = pd.read_parquet(self.folder / PLAN, columns=list(COLUMNS))
        except (OSError, ValueError, pa.ArrowException):
            plan = pd.DataFrame(columns=list(COLUMNS))
        if _hash_of(plan) != expected:
            raise DamagedStudyError(self._damaged(PLAN))
        return plan

    def check_version(self) -> None:
        """Refuse to add runs to what other sources, data or parameters made."""
        if self.facts()["hashes"] != hashes_of(self.design()):
            raise InputError(
                f"study '{self.name}' was made by another version of code, data or parameters; it can still "
                "be read, but takes no more runs: choose another name"
            )

    def damaged_part(self, folder: Path, fault: str) -> str:
        """What is wrong with a part, in words with the verb that mends it."""
        return (
            f"{folder} is damaged ({fault}); workforce verify {self.name} puts it aside, and the command of "
            "the study lives its runs again"
        )

    def _damaged(self, what: str) -> str:
        return (
            f"{self.folder / what} is damaged; give the command of the study again "
            f"(workforce sweep name={self.name} ...), which writes it anew and keeps finished runs"
        )


def hashes_of(design: Design) -> dict[str, Any]:
    """Of all files that decide the runs of a study."""
    worlds = design.worlds()
    names = [setting["knowledge"] for setting in design.settings]
    known = {name: world.hashes["knowledge_hash"] for name, world in zip(names, worlds, strict=True)}
    return {**worlds[0].hashes, "knowledge_hashes": known}


def _hash_of(plan: pd.DataFrame) -> str:
    return content_hash(plan.astype({"run_id": str, "scenario": str}).to_numpy().tolist())
