"""The files that an attribution leaves, and what it says in the terminal."""

from pathlib import Path
from typing import TYPE_CHECKING

from experiments.answers.folder import write_answer
from experiments.pages.labels import TARGET_LABELS
from experiments.questions.attribute.answer import Answer
from experiments.questions.attribute.estimates import Lived, levers, pairs, shares, totals
from experiments.questions.attribute.page import write_report
from experiments.questions.attribute.words import sentence
from sim.targets import TARGET_TIERS

if TYPE_CHECKING:
    from experiments.questions.attribute.checked import Question


def write_attribution(question: "Question", lived: Lived, seconds: float) -> Path:
    """Write tables, page and facts; returns the page."""
    tables = {
        "shares": shares(lived),
        "interactions": pairs(lived),
        "levers": levers(lived),
        "totals": totals(lived),
    }
    facts = {
        "players": question.players,
        "titles": [end.title for end in question.ends],
        "seconds": seconds,
        "set_by_user": question.user_set,
    }
    final = question.work.answer
    return write_answer(final, question.keys, question.keys.knowledge, tables, facts, write_report)


def in_words(folder: Path) -> str:
    """A sentence or two for each tier."""
    answer = Answer(folder)
    return "\n".join(f"{TARGET_LABELS[tier]}. {sentence(answer, tier)}" for tier in TARGET_TIERS)
