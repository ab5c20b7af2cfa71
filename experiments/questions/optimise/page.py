"""The page of an optimisation, from its tables alone."""

from pathlib import Path
from typing import Any, Final

from experiments.answers.read import write_answer_page
from experiments.outcomes.attained import MEANINGS
from experiments.pages.body import Body, Point, Section
from experiments.pages.drawing.chart import Entry
from experiments.pages.evidence import TIERS
from experiments.pages.labels import COST_LABELS, FAMILY_LABELS, TARGET_LABELS, TIER_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.page import Page
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import (
    DASH,
    billion_yuan,
    chance,
    clauses,
    exact,
    grouped,
    month,
    percent,
    points,
    signed,
    span,
)
from experiments.questions.optimise.figure import ALL, COST, build
from experiments.questions.optimise.words import TABLES, Answer
from sim.calendar import FORK_YEAR
from sim.categories import FAMILIES, PLACES
from sim.targets import TARGET_TIERS


def write_report(folder: Path) -> Path:
    """Write ``report.html`` and ``figures/`` from the tables in a folder."""
    answer = Answer(folder)
    values = {
        "name": answer.keys.name,
        "date": answer.facts["created"][:10],
        "mixes": grouped(answer.facts["candidates"]),
        "agents": grouped(answer.keys.front_agents),
    }
    page = Page(
        title=say("Workforce 2035: optimisation {name}", **values),
        headline=_headline(answer),
        facts=say(
            "Optimisation {name}, {date}. {mixes} mixes were lived; the front with {agents} agents. All "
            "figures are simulated, not observed.",
            **values,
        ),
        origin=say("Made from the tables of the optimisation {name} alone.", **values),
        sections=SECTIONS,
        figures=FIGURES,
        source=say("Workforce 2035, optimisation {name}. Simulated, not observed.", **values),
        tables=TABLES,
    )
    return write_answer_page(page, answer)


def _answer(answer: Answer) -> Body:
    """The chosen mix, what binds, and each target."""
    winner = answer.winner
    chosen = say(
        "{mix}. It costs {cost} from {first} to {year} and reaches all three targets with a probability of "
        "{chance}, in futures that nothing was chosen by.",
        mix=_mix(answer, winner),
        cost=billion_yuan(1e3 * winner[COST]),
        first=FORK_YEAR + 1,
        year=answer.keys.targets.year,
        chance=_likely(winner),
    )
    each = [f"{TARGET_LABELS[tier]} {chance(winner[f'probability_{tier}'])}" for tier in TARGET_TIERS]
    targets = Point(say("Each target"), say("{targets}.", targets=clauses(each)))
    return Body(
        points=(*_unkept(answer), Point(say("Chosen mix"), chosen), targets), lead_tables=(_families(answer),)
    )


def _headline(answer: Answer) -> str:
    """What was found, and no more than holds in futures that nothing was chosen by."""
    if answer.unkept:
        return say("No mix of measures was found that keeps to all that was asked")
    if not answer.sure:
        return say("The cheapest mix of measures that may be likely enough to reach all three targets")
    return say("The cheapest mix of measures that is likely enough to reach all three targets")


def _unkept(answer: Answer) -> tuple[Point, ...]:
    """What does not hold in futures that nothing was chosen by, and by how much; nothing when all does."""
    told = [_missed(answer, row) for row in answer.unkept]
    if told:
        return (Point(say("What cannot be kept"), sentences(told)),)
    if answer.sure and answer.binding is None:
        return ()
    text = say("The futures are too few to be sure of {wanted}.", wanted=chance(answer.keys.probability))
    return (Point(say("How sure that is"), text),)


def _missed(answer: Answer, row: dict[str, Any]) -> str:
    """One wish that the chosen mix misses."""
    if row["wish"] == "probability":
        text = say(
            "No mix was found that reaches all three targets with {wanted}: the chosen one misses it by "
            "{points} in futures that nothing was chosen by.",
            wanted=chance(row["limit"]),
            points=points(100 * row["missed"]),
        )
        open_still = answer.winner["probability_high"] >= row["limit"]
        return sentences([text, say("Its interval does not rule it out.") if open_still else ""])
    if row["wish"] == "budget":
        return say(
            "The budget of {budget} is too small: the chosen mix needs {more} more.",
            budget=billion_yuan(1e3 * row["limit"]),
            more=billion_yuan(1e3 * row["missed"]),
        )
    return say(
        "No mix was found that keeps to the rest and brings {outcome} to {floor}; the chosen one is {missed} "
        "short.",
        outcome=MEANINGS[row["wish"]],
        floor=exact(row["limit"]),
        missed=exact(row["missed"]),
    )


def _mix(answer: Answer, row: dict[str, Any]) -> str:
    """The levels of a mix and its phase-in, in one clause."""
    named = [f"{FAMILY_LABELS[family]} {level:g}" for family, level in answer.levels(row).items()]
    levels = clauses(named) or say("No measures")
    parts = [levels]
    if "start" in row:
        ramp = f"{row['ramp_months']:g}"
        parts.append(say("from {start}, rising for {months} months", start=month(row["start"]), months=ramp))
    if row["intake"] != 1.0:
        parts.append(say("intakes times {factor}", factor=exact(row["intake"])))
    return clauses(parts, "; ")


def _likely(row: dict[str, Any]) -> str:
    return say(
        "{chance} (95 % interval {interval})",
        chance=chance(row[ALL]),
        interval=span(row["probability_low"], row["probability_high"], chance),
    )


def _families(answer: Answer) -> Table:
    """What each family costs, and what would be missing without it."""
    without, winner = answer.facts["without_family"], answer.winner
    rows = []
    for family in FAMILIES:
        cells = (DASH, DASH, DASH, DASH)
        if family in without:
            cells = (
                f"{winner[family]:g}",
                billion_yuan(1e3 * winner[f"cost_{family}"]),
                chance(without[family]["probability_all"]),
                points(100 * without[family]["lost"]),
            )
        rows.append(Row((FAMILY_LABELS[family], *cells)))
    spent = billion_yuan(1e3 * winner[f"cost_{PLACES}"])
    rows.append(Row((COST_LABELS[PLACES], DASH, spent, DASH, DASH)))
    return Table(
        caption=say("The chosen mix, family by family"),
        columns=(
            Column(say("Family"), "text"),
            Column(say("Level, 0 to 1")),
            Column(say("Cost")),
            Column(say("Probability of all targets without it")),
            Column(say("Lost by the worst tier without it, of 100")),
        ),
        rows=tuple(rows),
        note=say(
            "A dash: the family stays as in 2024. Places: those beyond the announced ones. All in the same "
            "futures."
        ),
    )


def _trust(answer: Answer) -> Body:
    """The runner-up, and regret over the draws."""
    told, apart = [], answer.facts["runner_up_less_winner"]
    if answer.runner_up:
        cost, probability = apart["cost_billion_yuan"], apart["probability_all"]
        text = say(
            "{mix}. Against the chosen mix it costs {cost} ({cost_low} to {cost_high}), and the probability "
            "differs by {points} ({points_low} to {points_high}).",
            mix=_mix(answer, answer.runner_up),
            cost=_billions(cost["value"]), cost_low=_billions(cost["low"]), cost_high=_billions(cost["high"]),
            points=_points(probability["value"]), points_low=_points(probability["low"]),
            points_high=_points(probability["high"]),
        )  # fmt: skip
        told.append(Point(say("Runner-up"), text))
    chosen = say(
        "The chosen mix had {front} in the futures it was chosen by, and {trust} in fresh ones.",
        front=chance(answer.on_front("winner")[ALL]),
        trust=chance(answer.winner[ALL]),
    )
    return Body(points=(*told, Point(say("Luck of the choice"), chosen), _regret(answer)))


def _regret(answer: Answer) -> Point:
    """What not knowing the draw costs."""
    loss = answer.winner["regret"]
    if loss["hopeless"] >= 1.0:
        return Point(say("Regret"), say("In none of the draws does a mix of the front suffice."))
    text = sentences(
        (
            say("In {share} of the draws no mix of the front suffices.", share=percent(loss["hopeless"])),
            say(
                "In the others the chosen mix costs {dearer} more than the cheapest that suffices (at most "
                "{dearest}); where it falls short, the worst tier lacks {short} (at most {shortest}).",
                dearer=billion_yuan(1e3 * loss["dearer"]), dearest=billion_yuan(1e3 * loss["dearest"]),
                short=percent(loss["short"]), shortest=percent(loss["shortest"]),
            ),
        )
    )  # fmt: skip
    return Point(say("Regret"), text)


def _billions(value: float) -> str:
    return signed(1e3 * value, billion_yuan)


def _points(share: float) -> str:
    return signed(100 * share, points)


def _front(answer: Answer) -> Body:
    """Every mix of the front."""
    roles = {"winner": say("chosen"), "runner-up": say("runner-up"), "": ""}
    rows = tuple(
        Row(
            (
                billion_yuan(1e3 * row[COST]),
                _likely(row),
                *(chance(row[f"probability_{tier}"]) for tier in TARGET_TIERS),
                _mix(answer, row),
                roles[row["role"]],
            )
        )
        for row in answer.front
    )
    table = Table(
        caption=say("The front: no mix is both cheaper and safer"),
        columns=(
            Column(say("Cost"), "text"),
            Column(say("Probability of all three targets")),
            *(Column(TIER_LABELS[tier]) for tier in TARGET_TIERS),
            Column(say("Levels and phase-in"), "text"),
            Column(say("Role"), "text"),
        ),
        rows=rows,
        note=say(
            "In the futures by which the choice was made; in fresh ones the chosen mix costs {cost} and "
            "reaches all three targets with {chance}.",
            cost=billion_yuan(1e3 * answer.winner[COST]),
            chance=_likely(answer.winner),
        ),
        widths=(13, 17, 9, 11, 8, 32, 10),
    )
    return Body(tables=(table,))


SECTIONS: Final = (
    Section("answer", "The answer", _answer, TIERS),
    Section("trust", "How far to trust it", _trust, TIERS),
    Section("front", "The front", _front, TIERS),
)
FIGURES: Final = (Entry("front", "answer", build),)
