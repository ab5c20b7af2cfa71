"""The files that an attribution leaves, and what it says in the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from experiments.attribution.answer import Answer
from experiments.attribution.estimates import Lived, levers, pairs, shares, totals
from experiments.attribution.words import sentence
from experiments.engine import versions
from experiments.lives import now
from experiments.report.labels import TARGET_LABELS
from experiments.store import write_json, write_manifest, written_aside
from sim.outcomes.targets import TARGET_TIERS

if TYPE_CHECKING:
    from experiments.attribute import Question

DIGITS: Final = 6
NOT_ASKED: Final = ("results", "threads", "report")  # settings that the answer does not depend on


def write_answer(question: "Question", lived: Lived, seconds: float) -> Path:
    """Write tables, page and facts; returns the page."""
    from experiments.attribution.page import write_report
    from experiments.report.edition import Edition

    final: Path = question.folder / question.settings["name"]
    settings = {
        key: value for key, value in question.settings.items() if key not in ("results", "threads", "report")
    }
    tables = {
        "shares": shares(lived),
        "interactions": pairs(lived),
        "levers": levers(lived),
        "totals": totals(lived),
    }
    with written_aside(final) as folder:
        for name, table in tables.items():
            table.round(DIGITS).to_csv(folder / f"{name}.csv", index=False)
        facts = {"settings": settings, "players": question.players, "created": now(), "seconds": seconds}
        write_json(folder / "summary.json", facts)
        page = Edition.read(question.settings).write(write_report, folder)
        write_manifest(folder, {"created": facts["created"], "versions": versions()})
    return final / page.name


def in_words(folder: Path) -> str:
    """A sentence or two for each tier."""
    answer = Answer(folder)
    return "\n".join(f"{TARGET_LABELS[tier]}. {sentence(answer, tier)}" for tier in TARGET_TIERS)
