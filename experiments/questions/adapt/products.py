"""The files that a comparison of plans leaves, and what it says in the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from experiments.answers.folder import write_answer
from experiments.questions.adapt import words
from experiments.questions.adapt.alarms import alarms, futures, responses
from experiments.questions.adapt.answer import Answer
from experiments.questions.adapt.estimates import chances, costs, menu, regret, worth
from experiments.questions.adapt.lived import FIXED, MONITORED, Lived
from experiments.questions.adapt.page import write_report

if TYPE_CHECKING:
    from experiments.questions.adapt.checked import Question

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


def write_adaptation(question: "Question", lived: Lived, seconds: float) -> Path:
    """Write tables, page and facts; returns the page."""
    tables = {name: table(lived) for name, table in TABLES.items()}
    facts = {"most_places": lived.most, "seconds": seconds, "set_by_user": question.user_set}
    final = question.work.answer
    return write_answer(final, question.keys, question.keys.knowledge, tables, facts, write_report)


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
