"""What provinces can promise: commitments beside what can be expected, and a fair split of the targets."""

from experiments.pages.body import Body, Point
from experiments.pages.labels import TARGET_LABELS, TIER_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.likelihood import in_words, with_interval
from experiments.pages.provinces import PROVINCE_LABELS, PROVINCES, with_abbreviation
from experiments.pages.tables import Column, Row, Table
from experiments.pages.words import (
    DASH,
    bracketed,
    clauses,
    count,
    grouped,
    listed,
    percent,
    persons,
    signed,
    span,
)
from experiments.questions.compare.findings.cascade import Fair, Promise, fair_splits, promises
from experiments.questions.compare.reading import Comparison
from sim.policy.programme import FIRST_ROUND

NOTHING = DASH
VERDICTS = {
    1: "over-committed by {persons}",
    0: "within the range",
    -1: "under-committed by {persons}",
}
NOTE = (
    "Places: of all intakes evaluated by then; national ones by the province's part of the workforce. "
    "Expected: mean of the runs. Over-committed: promised is more than the range of the runs, "
    "under-committed: less; by how much, against the mean."
)
BEYOND = {1: "Over-committed: {provinces}.", -1: "Under-committed: {provinces}."}


def build(comparison: Comparison) -> Body:
    """The commitments and the fair split; the fair split alone when nothing was promised."""
    splits = fair_splits(comparison)
    found = promises(comparison)
    fair = _fair_table(comparison, splits)
    if not found:
        return Body(
            paragraphs=(
                _fair_meaning(comparison),
                say("No commitments were given to compare with the shares."),
            ),
            tables=(fair,),
        )
    return Body(
        paragraphs=(_meaning(comparison), _fair_meaning(comparison)),
        points=tuple(Point(TARGET_LABELS[tier], _sum(fairs[-1], found)) for tier, fairs in splits.items()),
        lead_tables=(_commitments(comparison, found),),
        tables=(fair,),
    )


def _meaning(comparison: Comparison) -> str:
    met = (
        "A commitment is met in a run when the certificates given in the province by the end of {year} are "
        "as many or more."
        if comparison.counted == "recognised"
        else "A commitment is met in a run when the craftsmen still in the trade in the province by the end "
        "of {year} are as many or more."
    )
    places = say(
        "The model shares places out by workforce and asks no province what it promised: who promised more "
        "than its places needs more places first. Titles that a province gives by rules of its own are not "
        "counted."
    )
    return sentences([say(met, year=comparison.last_year), places])


def _fair_meaning(comparison: Comparison) -> str:
    return say(
        "A fair share is the national target, shared out by the qualified candidates of each province from "
        "{first} to {last}. It depends on the scenario, as measures change who qualifies.",
        first=FIRST_ROUND,
        last=comparison.last_year,
    )


def _sum(fair: Fair, found: list[Promise]) -> str:
    """The commitments of a tier against target and expectation, and who promised too much or too little."""
    own = [row for row in found if row.commitment.tier == fair.tier and row.scenario == fair.scenario]
    if not own:
        return say("no province has promised anything.")
    said = [_total(fair, own), _expected(fair, [row.commitment.province for row in own])]
    for beyond, text in BEYOND.items():
        names = [PROVINCE_LABELS[row.commitment.province] for row in own if row.beyond == beyond]
        if names:
            said.append(say(text, provinces=listed(names)))
    return sentences(said)


def _total(fair: Fair, own: list[Promise]) -> str:
    """Sum of the commitments, and which part of the target it is."""
    total = sum(row.commitment.commitment for row in own)
    who = count(len(own), "province promises", "provinces promise")
    if not fair.target:
        return say("{provinces_promise} {total}.", provinces_promise=who, total=persons(total))
    return say(
        "{provinces_promise} {total}, {share} of the national target of {target}.",
        provinces_promise=who,
        total=persons(total),
        share=percent(total / fair.target),
        target=persons(fair.target),
    )


def _expected(fair: Fair, codes: list[str]) -> str:
    """What the same provinces can expect, and their fair share."""
    values = {"scenario": fair.scenario.label, "expected": persons(fair.expected[codes].sum())}
    if fair.shares.empty:
        return say("Under {scenario}, {expected} can be expected there.", **values)
    return say(
        "Under {scenario}, {expected} can be expected there, and a fair share is {share}.",
        **values,
        share=persons(fair.shares[codes].sum()),
    )


def _commitments(comparison: Comparison, found: list[Promise]) -> Table:
    rows = []
    for promise in found:
        commitment = promise.commitment
        opens = clauses([PROVINCE_LABELS[commitment.province], TIER_LABELS[commitment.tier].lower()])
        expected = persons(promise.mean)
        if promise.p05 < promise.p95:
            expected = bracketed(expected, span(promise.p05, promise.p95, persons))
        chances = (promise.probability, promise.low, promise.high)
        rows.append(
            Row(
                cells=(
                    promise.scenario.label,
                    persons(commitment.commitment),
                    persons(promise.places),
                    expected,
                    with_interval(*chances),
                    in_words(*chances, promise.runs),
                    _verdict(promise),
                ),
                group=opens if promise.scenario == comparison.baseline else "",
            )
        )
    return Table(
        caption=say("What provinces promise by the end of {year}, persons", year=comparison.last_year),
        columns=(
            Column(say("Scenario"), "text"),
            Column(say("Promised")),
            Column(say("Places")),
            Column(say("Expected, with 90 % of runs")),
            Column(say("Probability and 95 % interval")),
            Column(say("In words"), "text"),
            Column(say("Commitment"), "text"),
        ),
        rows=tuple(rows),
        note=sentences([say(NOTE), _sources(found)]),
    )


def _verdict(promise: Promise) -> str:
    return say(VERDICTS[promise.beyond], persons=persons(abs(promise.over)))


def _sources(found: list[Promise]) -> str:
    """Where the commitments are from, as the file says it."""
    sources = list(dict.fromkeys(row.commitment.source for row in found if row.commitment.source))
    return say("Sources of the commitments: {sources}.", sources=clauses(sources, "; ")) if sources else ""


def _fair_table(comparison: Comparison, splits: dict[str, list[Fair]]) -> Table:
    """Shares of all provinces, beside what they promised."""
    promised = {(row.province, row.tier): row.commitment for row in comparison.commitments}
    with_promises = {tier for _, tier in promised}
    columns = [Column(say("Province"), "text")]
    rows = {province.code: [with_abbreviation(province)] for province in PROVINCES}
    sums = [say("All 31")]
    for tier, fairs in splits.items():
        for fair in fairs:
            columns.append(Column(clauses([TIER_LABELS[tier], fair.scenario.label])))
            sums.append(_heads(fair.shares.sum() if len(fair.shares) else None))
            for code, cells in rows.items():
                cells.append(_heads(fair.shares.get(code)))
        if tier in with_promises:
            columns.append(Column(say("{tier}, promised", tier=TIER_LABELS[tier])))
            sums.append(_heads(sum(number for key, number in promised.items() if key[1] == tier)))
            for code, cells in rows.items():
                cells.append(_against_fair(promised.get((code, tier)), fairs[-1].shares.get(code)))
    return Table(
        caption=say("A fair split of the national targets of {year}, persons", year=comparison.last_year),
        columns=tuple(columns),
        rows=(*(Row(tuple(cells)) for cells in rows.values()), Row(tuple(sums), group=say("Together"))),
        note=_note(splits, promised=bool(promised)),
    )


def _heads(number: float | None) -> str:
    return NOTHING if number is None else grouped(number)


def _against_fair(promised: int | None, fair: float | None) -> str:
    """The commitment and how much more than the fair share it is."""
    if promised is None or fair is None:
        return _heads(promised)
    if promised == fair:
        return grouped(promised)
    return bracketed(grouped(promised), signed(promised - fair, grouped))


def _note(splits: dict[str, list[Fair]], *, promised: bool) -> str:
    fairs = [fair for tier in splits.values() for fair in tier]
    parts = [say("Shares are whole persons by largest remainder and add up to the targets.")]
    if promised:
        parts.append(
            say(
                "In brackets: promised beyond the fair share under {scenario}.",
                scenario=fairs[-1].scenario.label,
            )
        )
    if any(fair.shares.empty for fair in fairs):
        parts.append(say("{dash} No province has qualified candidates to share the target by.", dash=NOTHING))
    return sentences(parts)
