"""`workforce report`: the page of a sweep, or that of a finished answer in another language or as PDF."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from experiments.answers.common_keys import (
    EditionKeys,
    PlaceKeys,
    TargetKeys,
    check_language,
    check_name,
    check_pdf,
    check_results,
    targets_key,
)
from experiments.answers.keys import as_dict, below, key
from experiments.tables.change import Change
from sim.errors import InputError

HELP = """\
workforce report NAME [NAME] - the page of a sweep or of an answer, in English or Chinese, and as PDF

Of a sweep: one page with the probability of each target under every scenario and setting, and for the first
settings a page of all figures, as workforce compare writes it. Of the answer of another verb that writes
a page, such as a comparison or a calibration: its page once more, from its files alone. Of two comparisons,
such as those of two people: one page that puts them side by side, run by run, if only their scenarios differ.

Keys (key=default: meaning)
{keys}

Examples
  workforce report small
  workforce report compare/default report.language=zh report.pdf=true
  workforce report mine /mnt/colleague/results/compare/theirs

Writes report.html (or report_zh.html), figures/ and report.xlsx into the folder of the answer; of a sweep
results/studies/sweep/NAME/report/index.html, targets.csv, settings.csv and setting-0/report.html; of two
comparisons results/beside/FIRST-SECOND/report.html, targets.csv, differences.csv and differing.csv.
"""

PAGES: Final = {  # folder of results, and the module that makes the page
    "sweep": "experiments.questions.sweep.page",
    "compare": "experiments.questions.compare.page",
    "attribute": "experiments.questions.attribute.page",
    "optimise": "experiments.questions.optimise.page",
    "adapt": "experiments.questions.adapt.page",
    "sensitivity": "experiments.questions.sensitivity.page",
    "backtest": "experiments.questions.backtest.page",
    "calibrate": "experiments.questions.calibrate.page",
    "beside": "experiments.questions.compare.beside.page",
}
IN_MANIFEST: Final = ("compare", "beside")  # what was changed for them stands in their manifest


@dataclass
class AgainKeys(EditionKeys):
    """How a page is written once more."""

    language: str = key(
        "en",
        "en: English; zh: Chinese, in files of its own (report_zh.html, figures_zh/)",
        check=check_language,
    )
    pdf: bool = key(False, "true: as PDF too, with contents and page numbers", check=check_pdf)


def check_named(name: str, value: str) -> None:
    """Check that something is named; whoever looks for it says when it is not there."""
    if not value.strip():
        raise InputError(f"{name} is empty; name a comparison, or null")


@dataclass
class ReportKeys(PlaceKeys):
    """Which page, and how it is written."""

    name: str = key(
        "default",
        "the sweep or answer; name=NAME is the same. When several results have this name: VERB/NAME, such as "
        "sweep/NAME or compare/NAME",
        shown="NAME",
        is_file=True,
    )
    beside: str | None = key(
        None,
        "a second comparison, whose name may stand behind the first as a word. Each of the two is a name or "
        "the path of a folder, which may be copied from another machine",
        check=check_named,
        is_file=True,
    )
    report: AgainKeys = below(AgainKeys)
    targets: TargetKeys = targets_key("of a sweep: what is to be reached; for example targets.national=1500")
    pages: int = key(
        2,
        "of a sweep: settings that get a page of their own, of 200 runs of a scenario at most",
        low=0,
        high=1_000,
    )
    results: str = key("results", "folder that results were written to", check=check_results)


def main(keys: ReportKeys) -> None:
    """Write the page and name it, and say when its numbers are of other files than there are now."""
    from experiments.answers.changed import changed_since
    from experiments.answers.checks import read_targets
    from experiments.answers.folder import edition_of
    from experiments.answers.user_set import over_settings
    from experiments.pages.user_set import tell

    targets, edition = read_targets(keys.targets), edition_of(keys.report)
    if keys.beside is not None:
        page = put_beside(keys.name, keys.beside, keys.results, edition)
        note, user_set = changed_since(page.parent), kept_changes(page.parent)
    elif (folder := find(keys.name, Path(keys.results))).parent.name == "sweep":
        from experiments.questions.compare.page import write_with_provinces
        from experiments.questions.sweep.page import changed, user_set_of, write_pages
        from experiments.study.folder import Study

        study = Study(Path(keys.results), "sweep", folder.name)
        note = changed(study)
        page = write_pages(study, targets, as_dict(keys.targets), keys.pages, edition, write_with_provinces)
        user_set = over_settings(user_set_of(study, as_dict(keys.targets)))
    else:
        note = changed_since(folder)
        page = rewrite(folder, edition)
        user_set = kept_changes(folder)
    if note:
        print(note)
    tell(user_set)
    print(f"Page: {page}")
    if edition.pdf:
        print(f"PDF:  {page.with_suffix('.pdf')}")


def put_beside(name: str, other: str, results: str, edition: Any) -> Path:
    """Write the page of two comparisons, and say the answer."""
    from experiments.answers.checks import results_folder
    from experiments.questions.compare.beside.assemble import answer_of, stands, write_beside

    folders = [comparison_of(word, Path(results)) for word in (name, other)]
    place = results_folder(results)
    kept = stands(folders, place)  # another language stands beside what is there
    page = rewrite(kept, edition) if kept else write_beside(folders, place, edition)
    print("\n".join(answer_of(page.parent)))
    return page


def comparison_of(word: str, results: Path) -> Path:
    """The folder of a finished comparison, by its name in ``results`` or by its path."""
    from experiments.runs.files import MANIFEST
    from sim.strays import ours

    last = word.rpartition("/")[2]
    named = word in (last, f"compare/{last}")
    paths = [*([results / "compare" / last] if named else []), Path(word)]
    try:
        folder = next((path for path in paths if (path / MANIFEST).is_file()), None)
        inside = [path.parent for path in ours(Path(word), f"compare/*/{MANIFEST}")]
    except (OSError, ValueError):  # longer than a name can be, or not one
        folder, inside = None, []
    if folder:
        return folder
    if named and not inside:
        return find(f"compare/{last}", results)
    way = f"in it are {', '.join(map(str, inside))}" if inside else "name one that holds a manifest.json"
    raise InputError(f"{word} is no folder of a finished comparison; {way}")


def kept_changes(folder: Path) -> list[Change]:
    """What an answer keeps of what was changed for it; a comparison keeps it in its manifest."""
    from experiments.runs.files import MANIFEST, read_json

    facts = read_json(folder / (MANIFEST if folder.parent.name in IN_MANIFEST else "summary.json"))
    return list(facts.get("set_by_user") or ())


def find(name: str, results: Path) -> Path:
    """The folder that a name means; InputError when there is none, or more than one."""
    from experiments.runs.files import MANIFEST
    from sim.checks import way_out
    from sim.strays import ours

    kind, slash, last = name.rpartition("/")
    check_name("name", last)
    if slash and kind not in PAGES:
        raise InputError(f"name={name} is not understood; before the name may stand {', '.join(PAGES)}")
    kinds = (kind,) if slash else tuple(PAGES)
    # the file that every result of a kind has
    marks = {one: "study.json" if one == "sweep" else MANIFEST for one in kinds}
    places = {one: results / "studies" / one if one == "sweep" else results / one for one in kinds}
    there = {path.parent for one, mark in marks.items() for path in ours(places[one], f"*/{mark}")}
    found = [places[one] / last for one in kinds if places[one] / last in there]
    if len(found) > 1:
        names = " or ".join(f"{path.parent.name}/{last}" for path in found)
        raise InputError(f"more than one result is named '{last}'; say which: {names}")
    if not found:
        known = sorted({path.name for path in there})
        way = way_out(last, known) if known else "workforce compare and workforce sweep make one"
        raise InputError(f"there is no result '{name}' in {results}: {way}")
    return found[0]


def rewrite(folder: Path, edition: Any) -> Path:
    """Write the page of anything but a study once more; its manifest follows."""
    from experiments.runs.files import MANIFEST, read_json, write_manifest
    from sim.strays import ours

    make = import_module(PAGES[folder.parent.name]).write_report
    facts = read_json(folder / MANIFEST)
    files = facts.pop("files", {})
    beside = {path for path in ours(folder, "**/*") if path.relative_to(folder).as_posix() not in files}
    page: Path = edition.write(make, folder)
    write_manifest(folder, facts, leave=beside)  # what somebody else put there stays, and stays somebody's
    return page
