"""A study of sensitivity as it lies in its folder, in sentences and numbers as a planner reads them."""

from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from experiments.answers.read import AnswerFolder
from experiments.outcomes.attained import MEANINGS, NAMES
from experiments.pages.labels import TARGET_LABELS, labels_of_ends
from experiments.pages.language import Labels, say, sentences
from experiments.pages.likelihood import with_interval
from experiments.pages.words import bracketed, chance, clauses, grouped, listed, sentence_start, span
from experiments.questions.sensitivity.indices import DIFFERENCE, KINDS, LEVEL
from experiments.questions.sensitivity.keys import SensitivityKeys
from experiments.runs.files import read_json
from experiments.tables.rows import records
from sim.targets import TARGET_TIERS

TIERS: Final = tuple(f"{tier}_attainment" for tier in TARGET_TIERS)
WIDER: Final = tuple(name for name in MEANINGS if name not in TIERS)
TABLES: Final = ("morris", "sobol")
MATTERS: Final = 0.02  # total index below which a number is not named
EFFECT: Final = "{meaning} at full intensity"  # as the register of assumptions calls the effect of a measure
GRADES: Final = Labels({
    "A": "measured in China",
    "B": "derived, or measured elsewhere",
    "C": "only assumed",
})  # fmt: skip
NAMED: Final = 2  # numbers in a sentence
WORTH_A_WORD: Final = 0.05  # total index
MORE: Final = 4  # times the samples, where more are needed
SHOWN: Final = 3  # factors in a sentence


class Answer(AnswerFolder[SensitivityKeys]):
    """The tables of one study."""

    kind = SensitivityKeys

    def shares(self, outcome: str, kind: str = LEVEL) -> list[dict[str, Any]]:
        """Indices of the numbers that were kept, the largest first."""
        table = self.indices
        rows = table[(table["outcome"] == outcome) & (table["kind"] == kind)]
        return records(rows.sort_values("total", ascending=False, kind="stable"))

    def moving(self, outcome: str, kind: str = LEVEL) -> list[dict[str, Any]]:
        """Those that are worth a name."""
        return [row for row in self.shares(outcome, kind) if row["total"] > MATTERS]

    def converged(self, outcome: str, kind: str = LEVEL) -> bool:
        """Whether the indices of an outcome are known well."""
        return bool(self.facts["converged"][f"{outcome} {kind}"])

    @property
    def indices(self) -> pd.DataFrame:
        """Indices of the numbers that were kept, by outcome and kind."""
        return self.table("sobol")

    @property
    def screening(self) -> pd.DataFrame:
        """Effects of all uncertain numbers, by outcome and kind."""
        return self.table("morris")

    @cached_property
    def ends(self) -> tuple[str, str]:
        """What baseline and scenario are called."""
        return labels_of_ends(*self.facts["titles"])


def outcome_label(outcome: str) -> str:
    """An outcome in words."""
    if outcome in TIERS:
        return TARGET_LABELS[outcome.removesuffix("_attainment")]
    return sentence_start(MEANINGS[outcome])


def meaning(row: dict[str, Any]) -> str:
    """An uncertain number in words, as part of a sentence."""
    text = row["meaning"]
    if "." in row["factor"]:  # a measure's effect
        text = EFFECT.format(meaning=text)
    return say(text).rstrip(".\N{IDEOGRAPHIC FULL STOP}")


def capped(index: float) -> float:
    """An index as a share: estimates from few samples can lie outside of what a share can be."""
    return min(max(index, 0.0), 1.0)


def share(index: float) -> str:
    """An index in per cent."""
    return chance(capped(index))


def share_with_interval(row: dict[str, Any], kind: str = "total") -> str:
    """The same with its 95 % interval."""
    value, half = row[kind], row[f"{kind}_interval"]
    return with_interval(capped(value), capped(value - half), capped(value + half))


def answer_in_one(answer: Answer) -> str:
    """Which numbers matter most for the three tiers."""
    by_number: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for tier in TIERS:
        for row in answer.moving(tier)[:1]:
            by_number.setdefault(row["factor"], []).append((tier, row))
    if not by_number:
        return say("None of the numbers that were kept moves the craftsmen of any tier.")
    return say(
        "What is not known of how many craftsmen there will be lies mostly in: {numbers}.",
        numbers=clauses([_most_of(found) for found in by_number.values()], "; "),
    )


def _most_of(found: list[tuple[str, dict[str, Any]]]) -> str:
    """A number, the tiers that it moves most, and how well it is evidenced."""
    shares = [capped(row["total"]) for _, row in found]
    number = found[0][1]
    return say(
        "“{number}” ({grade}), with {share} for {tiers}",
        number=meaning(number),
        grade=GRADES[number["evidence"]],
        share=span(min(shares), max(shares), chance),
        tiers=listed([_tier(tier) for tier, _ in found]),
    )


def sentence(answer: Answer, outcome: str) -> str:
    """What moves an outcome, and the difference that the scenario makes to it."""
    baseline, scenario = answer.ends
    level = say("Under {scenario}: {numbers}.", scenario=scenario, numbers=_named(answer, outcome, LEVEL))
    apart = say(
        "The difference from {baseline}: {numbers}.",
        baseline=baseline,
        numbers=_named(answer, outcome, DIFFERENCE),
    )
    return sentences((level, apart))


def convergence(answer: Answer) -> str:
    """How many indices are known well, and what would help the others."""
    good = answer.facts["converged"]
    text = say(
        "{good} of {all} sets of shares have converged: their intervals are narrow where it matters, and "
        "half of the samples names the same first few.",
        good=sum(good.values()),
        all=len(good),
    )
    if all(good.values()):
        return text
    samples = MORE * answer.keys.samples
    more = say(
        "The others show an order of size only; samples={samples} would make them firmer.", samples=samples
    )
    return sentences((text, more))


def left_out(answer: Answer) -> str:
    """What the screening left aside."""
    table, kept = answer.screening, set(answer.indices["factor"])
    rows = table[table["outcome"].isin(TIERS) & (table["kind"] == LEVEL)]
    effects = rows.groupby("outcome", sort=False)["mu_star"].sum()
    held = rows[rows["factor"].isin(kept)].groupby("outcome", sort=False)["mu_star"].sum()
    parts = (held / effects.where(effects > 0)).dropna()
    text = say(
        "{all} uncertain numbers were screened, and the {kept} that move an outcome most were kept; the "
        "others stand at their best fit.",
        all=grouped(answer.facts["factors"]),
        kept=len(kept),
    )
    if parts.empty:
        return text
    return sentences(
        (
            text,
            say(
                "Of the effects on the craftsmen of the three tiers that the screening found, {share} are "
                "theirs.",
                share=span(float(parts.min()), float(parts.max()), chance),
            ),
        )
    )


def together(answer: Answer) -> str:
    """How much numbers do alone."""
    moved = [tier for tier in TIERS if answer.moving(tier)]
    if not moved:
        return say("No number that was kept moves the craftsmen, alone or with others.")
    alone = [sum(max(0.0, row["first"]) for row in answer.shares(tier)) for tier in moved]
    return say(
        "Each by itself, the numbers carry {share} of what is not known of the craftsmen; the rest arises "
        "where several act together.",
        share=span(capped(min(alone)), capped(max(alone)), chance),
    )


def grades(answer: Answer) -> str:
    """How well the screened numbers are evidenced."""
    counted = Counter(answer.screening.drop_duplicates("factor")["evidence"])
    parts = [bracketed(GRADES[grade], f"{grade}: {counted[grade]}") for grade in GRADES if counted[grade]]
    return say("Of the numbers that were screened, by evidence: {parts}.", parts=clauses(parts))


def _named(answer: Answer, outcome: str, kind: str) -> str:
    moving = [row for row in answer.moving(outcome, kind)[:NAMED] if row["total"] >= WORTH_A_WORD]
    named = [say("“{number}” {share}", number=meaning(row), share=share_with_interval(row)) for row in moving]
    return clauses(named) if named else say("nothing that was kept moves it")


def _tier(outcome: str) -> str:
    return TARGET_LABELS[outcome.removesuffix("_attainment")]


def in_words(folder: Path) -> str:
    """What matters most for each outcome, how many lives that took, and whether to trust it."""
    indices, found = pd.read_csv(folder / "sobol.csv"), read_json(folder / "summary.json")
    lines = []
    for name in NAMES:
        lines.append(f"{MEANINGS[name].capitalize()}")
        for kind in KINDS:
            table = indices[(indices["outcome"] == name) & (indices["kind"] == kind)]
            mark = "" if found["converged"][f"{name} {kind}"] else "  (not converged)"
            lines.append(f"  {kind}: {_largest(table)}{mark}")
    good = sum(found["converged"].values())
    lines.append(
        f"{found['pairs_of_lives']:,} pairs of lives, {found['factors']} uncertain numbers; "
        f"{good} of {len(found['converged'])} sets of indices have converged."
    )
    if good < len(found["converged"]):
        lines.append(f"For the others take more: samples={4 * found['settings']['samples']} or seeds=4.")
    return "\n".join(lines)


def _largest(table: pd.DataFrame) -> str:
    """The factors with the largest total indices."""
    first = table.sort_values("total", ascending=False).head(SHOWN)
    named = [
        f"{row['factor']} {100 * row['total']:.0f} ± {100 * row['total_interval']:.0f} %"
        for row in first.to_dict("records")
        if row["total"] > MATTERS
    ]
    return ", ".join(named) or "nothing that was kept moves it"
