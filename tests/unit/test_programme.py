"""How the craftsman programme is read: when rounds come, whom the numbers count, and what is refused."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from experiments.pages.scenario import Scenario as Shown
from experiments.questions.compare.sections.side_by_side import readings
from experiments.runs.life import Life, read_world
from sim.calendar import month_index
from sim.errors import InputError
from sim.model import WorkforceModel
from sim.policy.programme import MONTHS, Programme, read_programme, selected_in
from sim.policy.scenario_file import scenario_lines
from tests.country import CONFIGS, FROZEN, INPUTS, REFORM

YEARLY, SLOW, LATER = Programme(), Programme(months=(24, 24, 24)), Programme(rounds="after_naming")


def test_the_shipped_scenarios_read_the_programme_by_default_and_say_so() -> None:
    lines = scenario_lines("frozen", CONFIGS / "scenario")["programme"]
    assert read_programme(lines, "frozen") == Programme() == FROZEN.programme == REFORM.programme
    assert lines == Programme().as_dict()
    assert MONTHS == (24, 24, 14)


def test_the_national_round_of_2024_is_named_in_september_2025_and_the_others_at_the_end_of_the_year() -> (
    None
):
    assert selected_in("national", 2024) == month_index(2024, 7)
    assert YEARLY.named_in("national", 2024) == month_index(2025, 9)
    assert SLOW.named_in("national", 2024) == month_index(2026, 6)
    for tier in ("city", "provincial"):
        assert selected_in(tier, 2024) == month_index(2024, 1)
        assert YEARLY.named_in(tier, 2024) == month_index(2025, 12)


@pytest.mark.parametrize(
    ("reading", "tier", "named"),
    [
        (YEARLY, "city", range(2024, 2035)),
        (YEARLY, "national", range(2024, 2035)),
        (SLOW, "national", range(2024, 2034)),
        (LATER, "city", range(2024, 2035, 2)),
        (LATER, "national", range(2024, 2035, 2)),
        (replace(SLOW, rounds="after_naming"), "national", range(2024, 2034, 2)),
        (replace(LATER, months=(12, 25, 12)), "city", range(2024, 2036)),
        (replace(LATER, months=(12, 25, 12)), "provincial", range(2024, 2034, 3)),
        (replace(LATER, months=(12, 25, 12)), "national", range(2024, 2035)),
    ],
)
def test_rounds_that_are_named_by_the_end_of_2035(reading: Programme, tier: str, named: range) -> None:
    assert reading.named_by(tier, 2035) == tuple(named)
    assert not reading.takes_place(tier, 2023)


def test_no_round_comes_before_the_last_is_named() -> None:
    for months in range(1, 61):
        reading = Programme(rounds="after_naming", months=(months,) * 3)
        for tier in ("city", "provincial", "national"):
            years = [year for year in range(2024, 2060) if reading.takes_place(tier, year)]
            for one, following in pairwise(years):
                assert selected_in(tier, following - 1) <= reading.named_in(tier, one)
                assert selected_in(tier, following) > reading.named_in(tier, one)


def test_numbers_that_count_those_named_select_more() -> None:
    named = replace(FROZEN, programme=Programme(about="named"))
    tiers = ("city", "provincial", "national")
    assert [FROZEN.quota(tier, 2025) for tier in tiers] == [5_000, 1_000, 200]
    assert [named.quota(tier, 2025) for tier in tiers] == [5_500, 1_100, 220]
    for scenario in (FROZEN, named, replace(FROZEN, quota_per_year=(1, 1, 1))):
        assert [scenario.quota(tier, 2024) for tier in tiers] == [5_000, 1_000, 220]  # as published
        assert [scenario.quota(tier, 2023) for tier in tiers] == [0, 0, 0]
    assert replace(FROZEN, programme=LATER).quota("city", 2025) == 0


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"about": "slected"}, "programme.about: unknown 'slected': did you mean 'selected'?"),
        ({"rounds": 2}, "programme.rounds: unknown '2'"),
        ({"round": "every_year"}, "unknown key 'round': did you mean 'rounds'?"),
        ({"months": 24}, "programme.months must hold lines 'name: value', not 24"),
        ({"months": {"natonal": 24}}, "did you mean 'national'?"),
        ({"months": {"national": 0}}, "national is 0: write a number of 1 or more"),
        ({"months": {"national": 61}}, "write a number of at most 60"),
        ({"months": {"national": 14.5}}, "write a whole number"),
        ("selected", "must hold lines"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_in_one_line(block: object, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_programme(block, "scenario 'mine': programme")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_lines_that_are_not_written_are_as_shipped() -> None:
    assert read_programme(None, "") == Programme()
    assert read_programme({"months": {"national": 24}}, "") == SLOW


def test_a_reading_has_a_history_of_its_own() -> None:
    world = read_world({}, "prior", 1_000)
    mine, others = Life(world, replace(REFORM, programme=LATER), 1, 0), Life(world, REFORM, 1, 0)
    assert others.history_id == Life(world, FROZEN, 1, 0).history_id
    assert mine.history_id == Life(world, replace(FROZEN, programme=LATER), 1, 0).history_id
    assert mine.history_id != others.history_id
    assert mine.history().scenario == replace(world.past, programme=LATER)


def test_a_history_is_not_continued_under_another_reading() -> None:
    model = WorkforceModel(FROZEN, inputs=INPUTS, agents=4_000, seed=1)
    with pytest.raises(InputError, match="another reading of the programme"):
        model.fork(replace(FROZEN, programme=LATER))


def test_the_planner_projects_each_tier_by_its_own_rounds() -> None:
    slow = replace(FROZEN, programme=Programme("named", "after_naming", (24, 24, 24)))
    planner = WorkforceModel(slow, inputs=INPUTS, agents=4_000, seed=1).planner
    planner.project(2028, np.array([0, 9_000, 1_500, 300]), np.array([0.0, 0.5, 0.6, 0.8]))
    assert planner.projected == {
        "city": 9_000 + 4 * 5_500 * 0.5,  # of 2028, 2030, 2032 and 2034
        "provincial": 1_500 + 4 * 1_100 * 0.6,
        "national": 300 + 3 * 220 * 0.8,  # of 2028, 2030 and 2032; that of 2026 is named in June 2028
    }
    assert (
        planner.spent_on_places(2029) == planner.spent_on_places(2030) == planner.spent_on_places(2024) == 0.0
    )
    assert set(planner.rounds(month_index(2030, 7))) == {"national"}
    assert set(planner.rounds(month_index(2030, 1))) == {"city", "provincial"}
    assert not planner.rounds(month_index(2031, 1))
    assert not planner.rounds(month_index(2030, 2))


def test_a_page_names_each_reading_once() -> None:
    record = {"programme": Programme().as_dict()}
    alike = [Shown(place, name, name.title(), "", record) for place, name in enumerate(("frozen", "reform"))]
    assert readings([Shown(0, "old", "Old", "", {})]) == ()
    (said,) = readings(alike)
    assert said == (
        "The craftsman programme, as read under all scenarios: the announced numbers are those selected in "
        "each round; a round every year; cultivation takes 14 months for national craftsmen, 24 for "
        "provincial and 24 for city ones."
    )
    other = replace(SLOW, about="named", rounds="after_naming")
    first, second = readings([*alike, Shown(2, "mine", "Mine", "", {"programme": other.as_dict()})])
    assert first.startswith("The craftsman programme, as read under Frozen and Reform: the announced numbers")
    assert second == (
        "The craftsman programme, as read under Mine: the announced numbers are those named in the end, so "
        "that more are selected; the next round comes after the last is named; cultivation takes 24 months "
        "for national craftsmen, 24 for provincial and 24 for city ones."
    )
