"""Plans of lives as they are kept: read again they are the same lives, and nothing else passes for one."""

import json
from dataclasses import replace

import pytest

from experiments.runs import plain
from experiments.runs.life import Life, World, read_world
from sim.policy.scenario import load_scenario
from tests.country import CONFIGS, FROZEN, INPUTS, REFORM


@pytest.fixture(scope="module")
def world() -> World:
    return read_world({"quit_per_year": 0.2}, "prior", 5_000)


def lives(world: World) -> list[Life]:
    plain_one = Life(world, REFORM, 1, 0)
    return [
        plain_one,
        Life(world, FROZEN, 2, 3, until=2021),
        replace(plain_one, quantiles=(("quit_per_year", 0.25), ("skill_gain", 0.75)), seed=5),
        replace(plain_one, quantiles=(("skill_gain", 0.5),), seed=6),
        replace(plain_one, proven=("skills", "pay")),
        replace(plain_one, factors=(("nomination_per_year", 1.01),)),
        replace(plain_one, scenario=replace(REFORM, quota_in_year=((2028, (1, 2, 3)),))),
        replace(plain_one, scenario=load_scenario("adaptive", CONFIGS / "scenario", INPUTS.catalogue)),
    ]


def test_a_plan_read_again_is_the_same_lives(world: World) -> None:
    there = lives(world)
    again = plain.read(json.loads(json.dumps(plain.written(there))))
    assert [life.run_id for life in again] == [life.run_id for life in there]
    assert [life.history_id for life in again] == [life.history_id for life in there]
    assert [life.scenario for life in again] == [life.scenario for life in there]


def test_a_life_that_was_edited_is_none(world: World) -> None:
    content = json.loads(json.dumps(plain.written(lives(world))))
    content["lives"][0]["seed"] = 7
    with pytest.raises(ValueError, match="is not as it was planned"):
        plain.read(content)
