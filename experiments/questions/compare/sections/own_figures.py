"""What the user added to the published figures, and what that moved."""

from typing import Final

import pandas as pd

from experiments.pages.body import Body
from experiments.pages.labels import TARGET_LABELS
from experiments.pages.language import say, sentences
from experiments.pages.published import as_published, published_label
from experiments.pages.tables import Column, Row, Table
from experiments.pages.user_set import WORDS
from experiments.pages.words import (
    Formatter,
    bracketed,
    count,
    grouped,
    known,
    missing,
    of_runs,
    percent,
    signed,
    span,
)
from experiments.questions.compare.reading import Comparison
from experiments.tables.own_figures import OwnFigure

FIELDS: Final = ("indicator", "year", "value", "unit")
DRIVES = (
    "Those that drive take the place of the growth that is assumed after the last published year, in every "
    "life of this page; between two figures that are years apart the course is even. The others change no "
    "life: they are laid beside the lives, and calibration fits to them."
)
FITS = (
    "What the values of the parameters come from: {knowledge}. To have them fitted to these figures too: "
    "workforce calibrate data=..., and its folder as knowledge=results/calibrate/NAME."
)
MOVES = (
    "The first {runs} were lived once more without the figures, with the same chances and the same values of "
    "the parameters, so that every difference is made by the figures. {clear} of {differences} lie clear of "
    "zero."
)


def build(comparison: Comparison) -> Body:
    """What they are and do, and two tables."""
    figures, moved = comparison.own_figures, comparison.moved
    drive = sum(_figure(row).drives for _, row in figures.iterrows())
    clear = int(((moved["low"] > 0.0) | (moved["high"] < 0.0)).sum())
    added = say(
        "{figures} of the country stand beside the published ones; {drive} of them drive the lives.",
        figures=count(len(figures), "figure"),
        drive=grouped(drive),
    )
    knowledge = str(comparison.manifest.get("knowledge") or missing())
    fits = say(FITS, knowledge=WORDS.get(knowledge, knowledge))
    moves = say(
        MOVES,
        runs=count(int(moved["runs"].max()), "run"),
        clear=grouped(clear),
        differences=count(len(moved), "difference"),
    )
    return Body(
        paragraphs=(sentences([added, say(DRIVES), fits]), moves),
        lead_tables=(_beside(figures, comparison.baseline.label), _moved(comparison, moved)),
    )


def _figure(row: pd.Series) -> OwnFigure:
    return OwnFigure(*(row[field] for field in FIELDS))


def _beside(figures: pd.DataFrame, scenario: str) -> Table:
    rows = []
    for _, row in figures.iterrows():
        figure = _figure(row)
        written = as_published(figure.indicator, figure.unit)
        rows.append(
            Row(
                (
                    published_label(figure.indicator),
                    str(figure.year),
                    written(figure.value),
                    say("drives lives") if figure.drives else say("laid beside"),
                    *(_model(row, lives, written) for lives in ("without", "with")),
                )
            )
        )
    return Table(
        caption=say("The figures, and what the model has there"),
        columns=(
            Column(say("Indicator"), "text"),
            Column(say("Year")),
            Column(say("Figure")),
            Column(say("What it does"), "text"),
            Column(say("Model without the figures (90 % of runs)")),
            Column(say("Model with them (90 % of runs)")),
        ),
        rows=tuple(rows),
        note=say("Median of the runs that were lived twice, under {scenario}.", scenario=scenario),
    )


def _model(row: pd.Series, lives: str, written: Formatter) -> str:
    """Median and range of lives."""
    middle, low, high = (float(row[f"{lives}_{name}"]) for name in ("p50", "p05", "p95"))
    return bracketed(written(middle), span(low, high, written)) if known(middle) else missing()


def _moved(comparison: Comparison, moved: pd.DataFrame) -> Table:
    rows = []
    for scenario in comparison.scenarios:
        own = moved[moved["scenario"] == scenario.name]
        for place, (_, row) in enumerate(own.iterrows()):
            change = signed(float(row["difference"]), _points)
            if known(float(row["low"])):
                change = bracketed(change, span(float(row["low"]), float(row["high"]), _points))
            rows.append(
                Row(
                    (
                        TARGET_LABELS[row["tier"]],
                        percent(float(row["without"])),
                        percent(float(row["with"])),
                        change,
                        _reached(row, "without"),
                        _reached(row, "with"),
                    ),
                    group=scenario.label if place == 0 else "",
                )
            )
    return Table(
        caption=say(
            "What they move: craftsmen over the target by the end of {year}", year=comparison.last_year
        ),
        columns=(
            Column(say("Target"), "text"),
            Column(say("Without the figures")),
            Column(say("With them")),
            Column(say("Difference in per cent of the target (95 % interval)")),
            Column(say("Runs that reach it without")),
            Column(say("Runs that reach it with")),
        ),
        rows=tuple(rows),
    )


def _points(share: float) -> str:
    """A difference of shares, in per cent of the target."""
    return grouped(100.0 * share, 2)


def _reached(row: pd.Series, lives: str) -> str:
    return of_runs(int(row[f"reached_{lives}"]) / int(row["runs"]), int(row["runs"]))
