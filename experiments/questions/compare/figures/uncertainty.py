"""Chance, knowledge and policy in the number of craftsmen of each tier, as parts of one bar."""

from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd

from experiments.pages.body import NotRecorded
from experiments.pages.drawing.canvas import Layout, key, sheet
from experiments.pages.drawing.chart import Chart
from experiments.pages.drawing.palette import FILLS
from experiments.pages.drawing.plot_parts import bar_axis, panel_title, percent_tick
from experiments.pages.labels import TIER_LABELS
from experiments.pages.language import Labels, say, sentences
from experiments.pages.words import chance, known, listed, rough, span
from experiments.questions.compare.findings.variance import Split, design, split
from experiments.questions.compare.reading import Comparison

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAMES: Final = Labels({"chance": "Chance", "knowledge": "Knowledge of parameters", "policy": "Policy"})
FILL: Final = {"chance": FILLS[1], "knowledge": FILLS[2], "policy": FILLS[0]}
SMALLEST_LABEL = 0.06


def build(comparison: Comparison) -> Chart:
    """One bar per tier, its parts one after the other."""
    found = split(comparison)
    data = _data(found, len(comparison.scenarios))
    if data["share"].isna().all():
        raise NotRecorded(say("any difference between runs"))
    last = comparison.last_year
    return Chart(
        title=_title(data),
        alternative=_alternative(data, last),
        data=data,
        draw=partial(_draw, data=data),
        note=say(
            "Parts of the variance of craftsmen in {year}, from {runs}. Policy: between the scenarios of "
            "this page; with others it is another part.",
            year=last,
            runs=design(found),
        ),
    )


def _data(found: Split, scenarios: int) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "tier": tier, "part": part, "variance_estimate": float(one.estimates[place]),
                "share": float(one.shares[place]), "share_standard_error": float(one.share_errors[place]),
                "set_to_zero": part in one.below_zero, "scenarios": scenarios, "runs": found.runs,
                "draws": found.draws, "draws_repeated": found.repeated,
            }
            for tier, one in found.tiers.items()
            for place, part in enumerate(found.shown)
        ]
    )  # fmt: skip


def _title(data: pd.DataFrame) -> str:
    """Which part is the largest, tier by tier when they differ."""
    varying = data[data["share"].notna()]
    largest = varying.loc[varying.groupby("tier", sort=False)["share"].idxmax()]
    if len(set(largest["part"])) == 1:
        return say(
            "{part} is the largest part of what is not known in every tier ({share})"
            if len(largest) > 1
            else "{part} is the largest part of what is not known in the {tier} tier ({share})",
            part=NAMES[largest["part"].iloc[0]], tier=_tiers(largest), share=_shares(largest),
        )  # fmt: skip
    texts = [
        say(
            "{part} in the {tiers} tier ({share})"
            if len(rows) == 1
            else "{part} in the {tiers} tiers ({share})",
            part=NAMES[str(part)].lower(), tiers=_tiers(rows), share=_shares(rows),
        )
        for part, rows in largest.groupby("part", sort=False)
    ]  # fmt: skip
    return say("The largest part of what is not known is {parts}", parts=listed(texts))


def _tiers(rows: pd.DataFrame) -> str:
    return listed([TIER_LABELS[str(tier)].lower() for tier in rows["tier"]])


def _shares(rows: pd.DataFrame) -> str:
    return span(rows["share"].min(), rows["share"].max(), chance)


def _alternative(data: pd.DataFrame, last: int) -> str:
    texts = [say("Stacked bars, one per tier: parts of the variance of craftsmen in {year}.", year=last)]
    for tier, rows in data.groupby("tier", sort=False):
        words = [
            f"{NAMES[part].lower()} {rough(share)}"
            for part, share in zip(rows["part"], rows["share"], strict=True)
        ]
        texts.append(say("{name}: {values}.", name=TIER_LABELS[str(tier)], values=listed(words)))
    return sentences(texts)


def _draw(layout: Layout, data: pd.DataFrame) -> "Figure":
    from matplotlib.patches import Patch

    tiers, parts = list(dict.fromkeys(data["tier"])), list(dict.fromkeys(data["part"]))
    figure, (axes,) = sheet(layout, 1, 0.75 + 0.28 * len(tiers))
    bar_axis(axes, [TIER_LABELS[str(tier)] for tier in tiers])
    shares = data.pivot_table(index="tier", columns="part", values="share", dropna=False, sort=False)
    for place, tier in enumerate(tiers):
        start = 0.0
        for part in parts:
            share, fill = float(shares.loc[tier, part]), FILL[part]
            if not known(share):
                continue
            axes.barh(
                place, share, left=start, height=0.66, color=fill.colour, hatch=fill.hatch, edgecolor="white",
                linewidth=0.8,
            )  # fmt: skip
            if share >= SMALLEST_LABEL:
                axes.text(
                    start + share / 2, place, chance(share), ha="center", va="center", fontsize=7.5,
                    color=fill.letters, bbox={"facecolor": fill.colour, "edgecolor": "none", "pad": 1},
                )  # fmt: skip
            start += share
    axes.set_xlim(0, 1)
    axes.xaxis.set_major_formatter(lambda value, _: percent_tick(value))
    panel_title(axes, say("Why the number of craftsmen is uncertain"), say("per cent of the variance"))
    handles = [
        Patch(facecolor=FILL[part].colour, hatch=FILL[part].hatch, edgecolor="white", label=NAMES[part])
        for part in parts
    ]
    key(figure, handles, 1 if layout.narrow else 3)
    return figure
