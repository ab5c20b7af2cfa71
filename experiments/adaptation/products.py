"""The files that a comparison of plans leaves, and what it says in the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from experiments.adaptation import words
from experiments.adaptation.alarms import alarms, futures, responses
from experiments.adaptation.answer import Answer
from experiments.adaptation.estimates import chances, costs, menu, regret, worth
from experiments.adaptation.lived import FIXED, MONITORED, Lived
from experiments.engine import versions
from experiments.lives import now
from experiments.store import write_json, write_manifest, written_aside

if TYPE_CHECKING:
    from experiments.adapt import Question

DIGITS: Final = 6
NOT_ASKED: Final = ("results", "threads", "report")  # settings that the answer does not depend on
TABLES: Final = {
    "chances": chances,
    "costs": costs,
    "worth": worth,
    "regret": regret,
    "alarms": alarms,
    "responses": responses,
    "plans": menu,
    "futures": futures,
}


def write_answer(question: "Question", lived: Lived, seconds: float) -> Path:
    """Write tables, page and facts; returns the page."""
    from experiments.adaptation.page import write_report
    from experiments.report.edition import Edition

    final: Path = question.folder / question.settings["name"]
    settings = {key: value for key, value in question.settings.items() if key not in NOT_ASKED}
    with written_aside(final) as folder:
        for name, table in TABLES.items():
            table(lived).round(DIGITS).to_csv(folder / f"{name}.csv", index=False)
        facts = {"settings": settings, "most_places": lived.most, "created": now(), "seconds": seconds}
        write_json(folder / "summary.json", facts)
        page = Edition.read(question.settings).write(write_report, folder)
        write_manifest(folder, {"created": facts["created"], "versions": versions()})
    return final / page.name


def in_words(folder: Path) -> str:
    """What was found, in a sentence or two for each question."""
    answer = Answer(folder)
    said = {
        "All three targets": words.how_likely(answer),
        "The rule": words.what_it_is_worth(answer),
        "Gap to perfect foresight": words.gap(answer),
        "Regret of the fixed plan": words.regret(answer, FIXED),
        "Regret with monitoring": words.regret(answer, MONITORED),
        "Perfect foresight": words.taken(answer),
        "Without a rule": words.without_rule(answer),
        "Responses": words.alarms(answer),
    }
    return "\n".join(f"{lead}: {text}" for lead, text in said.items() if text)
