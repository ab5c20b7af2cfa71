"""From two finished comparisons to the files that put them side by side, all of them or none."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from experiments.answers.assumptions import FILE as ASSUMPTIONS
from experiments.answers.assumptions import write_assumptions
from experiments.pages.edition import Edition
from experiments.questions.compare.assemble import read_recognised
from experiments.questions.compare.beside.agreement import check_agree
from experiments.questions.compare.beside.joined import Joined, figures, join, lines, unequal
from experiments.questions.compare.beside.pairs import differences
from experiments.questions.compare.beside.read import Beside
from experiments.questions.compare.beside.sides import AGREED, FIGURES, NEEDED, Side, read_sides
from experiments.runs.files import MANIFEST, read_json, write_json, write_manifest, written_aside
from experiments.runs.machine import now
from experiments.runs.sources import answer_hash
from experiments.tables.change import Change
from experiments.tables.handed_out import write_csv
from experiments.tables.parquet import write_tables
from sim.outcomes.attainment import assess
from sim.targets import Targets

FOLDER: Final = "beside"  # of results
LONGEST: Final = 100  # bytes of the name of a side in that of the folder
OF_A_SIDE: Final = ("created", "versions")


def write_beside(folders: Sequence[Path], results: Path, edition: Edition) -> Path:
    """Put two comparisons side by side; returns the page.

    Parameters
    ----------
    folders
        Of two finished comparisons; nothing but their files is read.
    results
        The folder that results are written to.
    edition
        How the page is written.

    Raises
    ------
    InputError
        In one line, for a folder that is no whole comparison, and for two whose runs differ in more than
        their scenarios.
    """
    sides = read_sides(folders)
    check_agree(*sides)
    scenarios = join(sides)
    final = _place(sides, results)
    with written_aside(final) as folder:
        records = [_record(scenario, sides) for scenario in scenarios]
        write_json(folder / "scenarios.json", records)
        write_assumptions(folder, read_json(sides[0].folder / ASSUMPTIONS))
        write_tables(figures(sides, scenarios), folder / FIGURES)
        targets = Targets(**sides[0].manifest["targets"])
        names = [scenario.name for scenario in scenarios]
        write_csv(assess(read_recognised(folder), targets, names), folder / "targets.csv")
        write_csv(differing(sides, scenarios), folder / "differing.csv")
        manifest = facts(sides, scenarios)
        write_manifest(folder, manifest)
        write_csv(differences(Beside(folder)), folder / "differences.csv")
        page = edition.write(_write_report, folder)
        write_manifest(folder, manifest)  # now with the hashes of all files
    return final / page.name


def stands(folders: Sequence[Path], results: Path) -> Path | None:
    """The folder in which the same two comparisons stand side by side already; None when there is none."""
    sides = read_sides(folders)
    final = _place(sides, results)
    try:
        made = read_json(final / MANIFEST)
        same = made["of"] == _of(sides) and made["answer_hash"] == answer_hash()
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return final if same else None


def _place(sides: Sequence[Side], results: Path) -> Path:
    return results / FOLDER / "-".join(_plain(side.called) for side in sides)


def answer_of(folder: Path) -> list[str]:
    """The answer of a written page, line by line, for the terminal."""
    from experiments.questions.compare.beside import words

    page = Beside(folder)
    return [*words.unequal(page), *(f"{point.lead}: {point.text}" for point in words.answer(page))]


def _write_report(folder: Path) -> Path:
    from experiments.questions.compare.beside.page import write_report

    return write_report(folder)


def _plain(name: str) -> str:
    """A name as a part of the name of a folder."""
    return re.sub(r"[^\w-]+", "_", name).encode()[:LONGEST].decode(errors="ignore")


def _record(scenario: Joined, sides: Sequence[Side]) -> dict[str, Any]:
    """A scenario as it is kept, with its own name and whose it is."""
    of = [sides[place].called for place in scenario.places]
    return {**scenario.record, "name": scenario.name, "own": scenario.own, "of": of}


def differing(sides: Sequence[Side], scenarios: Sequence[Joined]) -> pd.DataFrame:
    """Each line that scenarios of one name differ in: scenario, line, first, second."""
    by_name: dict[str, list[dict[str, Any]]] = {}
    for scenario in scenarios:
        by_name.setdefault(scenario.own, []).append(lines(scenario.record))
    rows = [
        (name, key, *(str(each.get(key, "")) for each in found))
        for name, found in by_name.items()
        if len(found) > 1
        for key in {**found[0], **found[1]}
        if found[0].get(key) != found[1].get(key)
    ]
    return pd.DataFrame(rows, columns=["scenario", "line", *(side.called for side in sides)])


def facts(sides: Sequence[Side], scenarios: Sequence[Joined]) -> dict[str, Any]:
    """Facts about two comparisons side by side: what both share, what each has, what ended unequal."""
    shared = sides[0].manifest
    return {
        **{key: shared[key] for key in AGREED},
        "runs": len(shared["seeds"]),
        "scenarios": [scenario.name for scenario in scenarios],
        "created": now(),
        "answer_hash": answer_hash(),
        "of": _of(sides),
        "set_by_user": set_by_user(sides, scenarios),
        "unequal": unequal(sides, scenarios),
    }


def _of(sides: Sequence[Side]) -> list[dict[str, Any]]:
    """What each side is, by the hashes of the files that are read."""
    return [
        {
            "called": side.called,
            **{key: side.manifest[key] for key in OF_A_SIDE},
            "files": {name: side.manifest["files"][name] for name in NEEDED},
        }
        for side in sides
    ]


def set_by_user(sides: Sequence[Side], scenarios: Sequence[Joined]) -> list[Change]:
    """What users of both set, each change once, with the scenarios of both that it holds for."""
    found: dict[tuple[str, str, bool], Change] = {}
    for place, side in enumerate(sides):
        named = {one.own: one for one in scenarios if place in one.places}
        rows: list[Change] = side.manifest["set_by_user"]
        for row in rows:
            held = {
                named[own].name: title if len(named[own].places) > 1 else f"{title} ({side.called})"
                for own, title in row["scenarios"].items()
            }
            same = found.setdefault((row["key"], str(row["chosen"]), bool(held)), {**row, "scenarios": {}})
            same["scenarios"] |= held
    return list(found.values())
