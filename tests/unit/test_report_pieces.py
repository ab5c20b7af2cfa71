"""Small parts of the page: tiles, labels, leaks of the ladder, places of words."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from experiments.pages import labels
from experiments.pages.drawing import tilemap
from experiments.pages.drawing.canvas import drawable, fitted
from experiments.pages.drawing.palette import LOOKS, SEQUENCE, look
from experiments.pages.drawing.plot_parts import short_number, spread
from experiments.pages.labels import labels_of
from experiments.pages.provinces import PROVINCES
from experiments.pages.scenario import Scenario
from experiments.pages.words import DASH, grouped, width_of
from experiments.questions.compare.figures.registry import FIGURES
from experiments.questions.compare.findings import ladder
from experiments.questions.compare.sections.assumptions import span
from experiments.questions.compare.sections.contents import SECTIONS
from experiments.questions.compare.sections.side_by_side import measure_path
from sim.categories import PROVINCE_CODES

DATA = Path(__file__).parents[2] / "sim" / "data" / "provinces.csv"
REFORM = Scenario(place=0, name="reform", label="Reform", sentence="")


def account(**changes: float) -> ladder.Account:
    numbers = {
        "places": 2400,
        "completed": 1900,
        "unfilled": 100,
        "failed": 300,
        "lost": 40,
        "in_cultivation": 60,
    }
    return ladder.Account(
        scenario=REFORM, tier="national", nominated=5000, **{"required": 2000, **numbers, **changes}
    )  # fmt: skip


def lightness(colour: str) -> float:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_province_has_its_own_tile():
    assert tuple(int(province.code) for province in PROVINCES) == PROVINCE_CODES
    assert len({(province.column, province.row) for province in PROVINCES}) == len(PROVINCES)


@pytest.mark.skipif(not DATA.exists(), reason="the published table is not here")
def test_names_of_provinces_are_those_of_the_data():
    with DATA.open(encoding="utf-8") as file:
        published = {row["code"]: (row["abbr"], row["name_en"]) for row in csv.DictReader(file)}
    assert {province.code: (province.abbreviation, province.name) for province in PROVINCES} == published


def test_every_figure_stands_in_a_section_and_has_its_own_name():
    assert {entry.section for entry in FIGURES} <= {section.id for section in SECTIONS}
    assert len({entry.id for entry in FIGURES}) == len(FIGURES)


def test_scenarios_differ_in_colour_line_and_mark():
    assert len({one.colour for one in LOOKS}) == len({str(one.line) for one in LOOKS}) == len(LOOKS)
    assert len({one.marker for one in LOOKS}) == len(LOOKS)
    assert all(lightness(one.letters) <= lightness(one.colour) for one in LOOKS)


def test_scenarios_past_the_last_colour_differ_in_mark_and_line():
    looks = [look(replace(REFORM, place=place)) for place in range(4 * len(LOOKS))]
    assert len({(one.colour, one.marker) for one in looks}) == len(looks)


def test_scenarios_are_called_by_their_titles_and_tell_apart():
    titles = {
        "a": "Full reform",
        "b": "Full reform",
        "c": "=1+1 加快 <b>培养</b> $x_1$ {name} 50%",
        "new_one": " ",
    }
    assert labels_of(titles) == {
        "a": "Full reform (a)", "b": "Full reform (b)", "c": titles["c"], "new_one": "New one",
    }  # fmt: skip


def test_marks_that_turn_the_direction_turn_no_other_words():
    (label,) = labels_of({"a": "x \u202eRTL"}).values()
    assert label == "\u2068x \u202eRTL\u2069"
    assert drawable(label) == "x RTL"


def test_a_title_stands_in_figures_as_it_is_or_with_beginning_and_end():
    assert fitted("Full reform", 26) == "Full reform"
    assert fitted("=1+1 加快 <b>培养</b> $x_1$ & {name} 50%", 26).count("\n") == 1
    long = fitted("One of two titles that are as long as can be, variant B", 20).split("\n")
    assert long == ["One of two titles th", "…s can be, variant B"]
    assert all(width_of(line) <= 20 for line in fitted("工匠" * 40, 20).split("\n"))


def test_colours_of_maps_darken_step_by_step():
    steps = [lightness(colour) for colour in SEQUENCE]
    assert steps == sorted(steps, reverse=True)
    assert min(-np.diff(steps)) > 0.05


def test_classes_of_a_map_are_round_and_inside_the_values():
    panel = tilemap.Panel(REFORM, pd.Series(np.linspace(19.4, 33.1, 31)))
    scale = tilemap.classes([panel], grouped)
    assert len(scale.limits) == len(SEQUENCE) - 1
    assert all(limit == round(limit, 1) for limit in scale.limits)
    assert scale.colour(19.4)[0] == SEQUENCE[0]
    assert scale.colour(33.1)[0] == SEQUENCE[-1]


def test_a_map_of_equal_values_has_one_class():
    scale = tilemap.classes([tilemap.Panel(REFORM, pd.Series([0.0] * 31))], grouped)
    assert scale.limits == ()
    assert scale.colour(0.0)[0] == SEQUENCE[0]


def test_labels_are_moved_apart_and_keep_their_order():
    placed = spread([1.0, 1.01, 5.0, 1.02], gap=0.5)
    assert placed[0] < placed[1] < placed[3] < placed[2]
    assert np.diff(sorted(placed)).min() >= 0.5 - 1e-12
    assert placed[2] == 5.0
    assert spread([], 1.0) == []


def test_letters_that_cannot_be_drawn_become_question_marks():
    assert drawable("Reform 工匠\nπ \U00013000") == "Reform 工匠\nπ ?"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.25, "0.25"),
        (1500, "1,500"),
        (120_000, "120 k"),
        (2.5e6, "2.5 m"),
        (-3e9, "\N{MINUS SIGN}3 bn"),
    ],
)
def test_ticks_are_short(value, text):
    assert short_number(value) == text


def test_whether_undoing_a_loss_would_do_is_said():
    assert account().remedy("failed") == "enough to close the mean gap"
    few = account(completed=1500, unfilled=250, failed=290, in_cultivation=320)
    assert few.remedy("failed") == "not enough alone to close the mean gap"
    assert account(completed=2100, failed=150).remedy("failed") == ""


def test_groups_are_said_in_words():
    assert labels.group_label("all") == "All workers"
    assert labels.group_label("hukou=rural") == "Rural hukou"
    assert labels.group_label("age=55+") == "Age 55 and over"
    assert labels.group_label("colour=sea_green") == "Sea green"


def test_the_path_of_a_measure_is_said_in_words():
    path = {"measure": "open_affairs", "start": "2027-01", "ramp_months": 48, "level": 0.8, "provinces": None}
    assert measure_path(path) == "0.8 from 2027-01 over 4 years"
    assert measure_path(path | {"ramp_months": 18, "provinces": [440000, 320000]}).endswith(
        "over 18 months in 2 provinces"
    )


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (1.0, 1.0, DASH),
        (None, None, DASH),
        (0.5, 2.0, "0.5 to 2"),
        ([1, 2], [3, 4], "lowest 1, 2; highest 3, 4"),
        ([*range(1, 13)], [*range(2, 14)], "1 to 13 over all"),
    ],
)
def test_the_range_of_an_assumption_is_shown_however_long_its_list_is(low, high, shown):
    assert span(low, high) == shown
