"""What provinces can promise: commitments beside what can be expected, and a fair split of the targets."""

from experiments.report.body import Body, Point
from experiments.report.cascade import Fair, Promise, fair_splits, promises
from experiments.report.labels import TARGET_LABELS, TIER_LABELS
from experiments.report.likelihood import in_words, with_interval
from experiments.report.provinces import PROVINCES
from experiments.report.reading import FORK_YEAR, Comparison
from experiments.report.supply import NAMES
from experiments.report.tables import Column, Row, Table
from experiments.report.words import DASH, count, grouped, listed, percent, persons, signed, span

NOTHING = DASH
VERDICTS = {1: "over-committed", 0: "within the range", -1: "under-committed"}


def build(comparison: Comparison) -> Body:
    """The commitments and the fair split; the fair split alone when nothing was promised."""
    splits = fair_splits(comparison)
    found = promises(comparison)
    fair = _fair_table(comparison, splits)
    if not found:
        return Body(
            paragraphs=(_fair_meaning(comparison), "No commitments were given to compare with the shares."),
            tables=(fair,),
        )
    return Body(
        paragraphs=(_meaning(comparison), _fair_meaning(comparison)),
        points=tuple(Point(TARGET_LABELS[tier], _sum(fairs[-1], found)) for tier, fairs in splits.items()),
        lead_tables=(_commitments(comparison, found),),
        tables=(fair,),
    )


def _meaning(comparison: Comparison) -> str:
    what = "certificates given" if comparison.counted == "recognised" else "craftsmen still in the trade"
    return (
        f"A commitment is met in a run when the {what} in the province by the end of "
        f"{comparison.target_year} are as many or more. The model shares places out by workforce and asks no "
        "province what it promised: who promised more than its places needs more places first. "
        "Titles that a province gives by rules of its own are not counted."
    )


def _fair_meaning(comparison: Comparison) -> str:
    return (
        "A fair share is the national target, shared out by the qualified candidates of each province from "
        f"{FORK_YEAR} to {comparison.target_year}. It depends on the scenario, as measures change who "
        "qualifies."
    )


def _sum(fair: Fair, found: list[Promise]) -> str:
    """Sum of the commitments of a tier against the target, and who promised too much or too little."""
    own = [row for row in found if row.commitment.tier == fair.tier and row.scenario == fair.scenario]
    if not own:
        return "no province has promised anything."
    codes = [row.commitment.province for row in own]
    total = sum(row.commitment.commitment for row in own)
    verb = "promises" if len(own) == 1 else "promise"
    text = f"{count(len(own), 'province')} {verb} {persons(total)}"
    if fair.target:
        text += f", {percent(total / fair.target)} of the national target of {persons(fair.target)}"
    text += f". Under {fair.scenario.label}, {persons(fair.expected[codes].sum())} can be expected there"
    text += f", and a fair share is {persons(fair.shares[codes].sum())}." if len(fair.shares) else "."
    for beyond in (1, -1):
        names = [NAMES[row.commitment.province] for row in own if row.beyond == beyond]
        if names:
            text += f" {VERDICTS[beyond].capitalize()}: {listed(names)}."
    return text


def _commitments(comparison: Comparison, found: list[Promise]) -> Table:
    rows = []
    for promise in found:
        commitment = promise.commitment
        opens = f"{NAMES[commitment.province]}, {TIER_LABELS[commitment.tier].lower()}"
        expected = persons(promise.mean)
        if promise.p05 < promise.p95:
            expected += f" ({span(promise.p05, promise.p95, persons)})"
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
        caption=f"What provinces promise by the end of {comparison.target_year}, persons",
        columns=(
            Column("Scenario", "text"),
            Column("Promised"),
            Column("Places"),
            Column("Expected, with 90 % of runs"),
            Column("Probability and 95 % interval"),
            Column("In words", "text"),
            Column("Commitment", "text"),
        ),
        rows=tuple(rows),
        note="Places: of all intakes evaluated by then; national ones by the province's part of the "
        "workforce. Expected: mean of the runs. Over-committed: promised is more than the range of the runs, "
        f"under-committed: less; by how much, against the mean. {_sources(found)}".strip(),
    )


def _verdict(promise: Promise) -> str:
    words = VERDICTS[promise.beyond]
    return f"{words} by {persons(abs(promise.over))}" if promise.beyond else words


def _sources(found: list[Promise]) -> str:
    """Where the commitments are from, as the file says it."""
    sources = list(dict.fromkeys(row.commitment.source for row in found if row.commitment.source))
    return f"Sources of the commitments: {'; '.join(sources)}." if sources else ""


def _fair_table(comparison: Comparison, splits: dict[str, list[Fair]]) -> Table:
    """Shares of all provinces, beside what they promised."""
    promised = {(row.province, row.tier): row.commitment for row in comparison.commitments}
    with_promises = {tier for _, tier in promised}
    columns = [Column("Province", "text")]
    rows = {province.code: [f"{province.name} ({province.abbreviation})"] for province in PROVINCES}
    sums = ["All 31"]
    for tier, fairs in splits.items():
        for fair in fairs:
            columns.append(Column(f"{TIER_LABELS[tier]}, {fair.scenario.label}"))
            sums.append(_heads(fair.shares.sum() if len(fair.shares) else None))
            for code, cells in rows.items():
                cells.append(_heads(fair.shares.get(code)))
        if tier in with_promises:
            columns.append(Column(f"{TIER_LABELS[tier]}, promised"))
            sums.append(_heads(sum(number for key, number in promised.items() if key[1] == tier)))
            for code, cells in rows.items():
                cells.append(_against_fair(promised.get((code, tier)), fairs[-1].shares.get(code)))
    return Table(
        caption=f"A fair split of the national targets of {comparison.target_year}, persons",
        columns=tuple(columns),
        rows=(*(Row(tuple(cells)) for cells in rows.values()), Row(tuple(sums), group="Together")),
        note=_note(splits, promised=bool(promised)),
    )


def _heads(number: float | None) -> str:
    return NOTHING if number is None else grouped(number)


def _against_fair(promised: int | None, fair: float | None) -> str:
    """The commitment and how much more than the fair share it is."""
    if promised is None or fair is None:
        return _heads(promised)
    return (
        f"{grouped(promised)} ({signed(promised - fair, grouped)})" if promised != fair else grouped(promised)
    )


def _note(splits: dict[str, list[Fair]], *, promised: bool) -> str:
    fairs = [fair for tier in splits.values() for fair in tier]
    parts = ["Shares are whole persons by largest remainder and add up to the targets."]
    if promised:
        parts.append(f"In brackets: promised beyond the fair share under {fairs[-1].scenario.label}.")
    if any(fair.shares.empty for fair in fairs):
        parts.append(f"{NOTHING} No province has qualified candidates to share the target by.")
    return " ".join(parts)
