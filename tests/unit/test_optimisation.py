"""Optimisation: levers, surface and front of known functions, choices, intervals, and bad input."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.command.choices import choose as choose_keys
from experiments.outcomes.attained import NAMES
from experiments.questions.optimise.choice import choose, cost_difference, probability_difference, regret
from experiments.questions.optimise.front import crowding, evolve, front_of, ranked, spread_out, thinned
from experiments.questions.optimise.keys import OptimiseKeys
from experiments.questions.optimise.levers import Space, read_space
from experiments.questions.optimise.scores import (
    COST,
    OUTPUTS,
    Score,
    Wish,
    binding,
    keeping,
    nearest_misses,
    read_wishes,
)
from experiments.questions.optimise.search import BATCH, Cells, Search, Surface
from sim.categories import FAMILIES
from sim.errors import InputError
from sim.inputs import Inputs
from sim.policy.scenario import read_scenario
from tests.refusals import refused

CONFIGS = Path(__file__).parents[2] / "configs"
LIKELY = Wish("probability", 0.5)


def chosen(*words: str) -> OptimiseKeys:
    keys: OptimiseKeys = choose_keys("optimise", words)
    return keys


def score(cost: float | list[float], *margins: float, **means: float) -> Score:
    """A score whose worst tier is the provincial one, with these margins by cell."""
    lived = np.ones((len(margins), len(OUTPUTS)))
    lived[:, :3] = 1.5
    lived[:, NAMES.index("provincial_attainment")] = margins
    lived[:, OUTPUTS.index(COST)] = cost
    for name, value in means.items():
        lived[:, OUTPUTS.index(name)] = value
    return Score((float(np.mean(cost)),), lived)


def test_a_mix_becomes_a_scenario_that_can_be_read() -> None:
    space = read_space(chosen("fix.skills=0.8", "fix.intake=1.1"))
    candidate = space.candidate([0.0, 0.52, 1.0, 0.0, 0.0, 0.0, 0.5])
    lines = space.scenario(candidate)
    assert lines["families"] == {
        "participation": {"start": "2027-01", "ramp_months": 54, "level": 0.5},
        "skills": {"start": "2027-01", "ramp_months": 54, "level": 0.8},
        "pay": {"start": "2027-01", "ramp_months": 54, "level": 1.0},
    }
    assert lines["quota_per_year"] == {"city": 5500, "provincial": 1100, "national": 220}
    scenario = read_scenario(lines, Inputs.read(CONFIGS, knowledge="prior").catalogue)
    assert {path.level for path in scenario.paths} == {0.5, 0.8, 1.0}


def test_points_and_candidates_lead_to_each_other() -> None:
    space = read_space(chosen("fix.start=null", "bounds.pay=[0.3,0.62]", "fix.delivery=1"))
    for shares in np.random.default_rng(1).random((50, len(space.free))):
        candidate = space.candidate(shares)
        assert space.candidate(space.shares([candidate])[0]) == candidate
        assert 0.3 <= space.values(candidate)["pay"] <= 0.62


def test_each_family_may_have_a_phase_in_of_its_own() -> None:
    space = read_space(chosen("phase_in=each", "fix.pay_ramp_months=24", "fix.start=null"))
    assert len(space.free) == 7 + 7 + 6  # levels, starts, ramps
    last = space.scenario(space.candidate(np.ones(len(space.free))))["families"]
    assert last["pay"] == {"start": "2030-01", "ramp_months": 24, "level": 1.0}
    assert last["skills"]["ramp_months"] == 96


def test_a_surface_finds_a_quadratic_again() -> None:
    generator = np.random.default_rng(2)
    points, others = generator.random((60, 4)), generator.random((40, 4))

    def truth(x: np.ndarray) -> np.ndarray:
        return np.stack([3 * x[:, 0] - x[:, 1] ** 2 + x[:, 2] * x[:, 3], np.full(len(x), 5.0)], axis=1)

    assert Surface(points, truth(points))(others) == pytest.approx(truth(others), abs=0.02)


def test_ranks_and_room_of_a_few_points() -> None:
    points = np.array([[0.0, 2.0], [1.0, 1.0], [2.0, 0.0], [2.0, 2.0], [0.0, 0.0]])
    rank, room = ranked(points, np.array([0.0, 0.0, 0.0, 0.0, 1.0]))
    assert rank.tolist() == [0, 0, 0, 1, 2]  # what violates a constraint comes last, however good
    assert room[:3].tolist() == [np.inf, 2.0, np.inf]
    assert crowding(np.zeros((3, 2))).tolist() == [np.inf, 0.0, np.inf]


def test_nsga2_finds_the_front_of_zdt1() -> None:
    def zdt1(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        rest = 1.0 + 9.0 * x[:, 1:].mean(axis=1)
        return np.stack([x[:, 0], rest * (1.0 - np.sqrt(x[:, 0] / rest))], axis=1), np.zeros(len(x))

    objectives, _ = zdt1(evolve(zdt1, np.full((1, 4), 0.5), np.random.default_rng(3)))
    assert objectives[:, 1] == pytest.approx(1.0 - np.sqrt(objectives[:, 0]), abs=0.05)
    assert np.ptp(objectives[:, 0]) > 0.9


def known_futures(space: Space) -> Any:
    """Mixes whose best is known: only delivery helps at little cost, all else is dear."""

    def evaluate(batch: Any) -> list[Score]:
        scores = []
        for candidate in batch:
            levels = space.values(candidate)
            cost = sum((100.0 if family == "delivery" else 1000.0) * levels[family] for family in FAMILIES)
            middle = 0.95 + 0.06 * levels["delivery"] + 0.005 * sum(levels[family] for family in FAMILIES)
            content = 48.0 + sum(levels[family] for family in FAMILIES)
            one = score(cost, *(middle + np.array([-0.03, -0.01, 0.01, 0.03])), satisfaction=content)
            scores.append(Score(candidate, one.lived))
        return scores

    return evaluate


@pytest.mark.slow
def test_the_search_finds_what_is_cheap_and_asks_for_the_same_again() -> None:
    space = read_space(chosen())
    one, again = (Search(space, [LIKELY], 4 * BATCH, seed=4).run(known_futures(space)) for _ in range(2))
    assert [score.candidate for score in one] == [score.candidate for score in again]
    assert len({score.candidate for score in one}) == 4 * BATCH
    cheapest = keeping(one, [LIKELY])[0]
    assert cheapest.cost <= 85.0  # 65 are the least that is enough, and each other family costs 50 a step
    other = Search(space, [LIKELY], 2 * BATCH, seed=5).run(known_futures(space))
    assert [score.candidate for score in one[: 2 * BATCH]] != [score.candidate for score in other]


def test_the_search_ends_when_the_grid_has_no_more() -> None:
    fixed = ["ramp_months=12", *(f"{family}=0" for family in FAMILIES if family != "delivery")]
    space = read_space(chosen(*(f"fix.{word}" for word in fixed)))
    found = Search(space, [], 4 * BATCH, seed=1).run(known_futures(space))
    assert len(found) == 21  # twentieths of delivery


def test_a_floor_keeps_the_search_to_it() -> None:
    space = read_space(chosen())
    floor = Wish("satisfaction", 52.0)
    found = Search(space, [floor], 3 * BATCH, seed=4).run(known_futures(space))
    best = front_of(found, [floor])
    assert min(one.mean("satisfaction") for one in best) >= 52.0
    # Four points take levels of 4 together, 3,100 billion at the least when delivery is one of them.
    assert best[0].cost < 3500.0


def test_nearest_misses_are_one_for_each_wish() -> None:
    scores = [score(1.0, 0.9, 0.9, satisfaction=60.0), score(2.0, 1.1, 1.1, satisfaction=50.0)]
    assert nearest_misses(scores, [LIKELY, Wish("satisfaction", 55.0)]) == scores


def test_a_front_is_thinned_evenly_and_keeps_the_first_that_is_enough() -> None:
    scores = [score(float(place), *(0.9 + 0.01 * place + np.array([-0.05, 0.05]))) for place in range(21)]
    assert front_of([*scores, score(30.0, 0.5, 0.6)]) == scores
    few = thinned(scores, 5, wanted=0.5)
    assert len(few) == 5
    assert scores[10] in few
    assert (scores[0], scores[-1]) == (few[0], few[-1])
    assert spread_out(np.array([[0.0, 0.0], [0.1, 0.1], [1.0, 1.0]]), 2, first=[2]) == [2, 0]


def test_the_cheapest_that_is_likely_enough_wins() -> None:
    cheap, enough, dear = score(1.0, 0.9, 1.1, 0.9), score(2.0, 1.1, 1.1, 0.9), score(3.0, 1.1, 1.1, 1.1)
    choice = choose([cheap, enough, dear], [LIKELY])
    assert (choice.winner, choice.runner_up, choice.binding) == (enough, dear, None)
    alone = choose([cheap, enough], [LIKELY])
    assert (alone.winner, alone.runner_up) == (enough, cheap)


@pytest.mark.parametrize(
    ("wishes", "name", "missed"),
    [
        ([Wish("probability", 0.9)], "probability", 0.9 - 2 / 3),
        ([LIKELY, Wish("budget", 1.5)], "budget", 0.5),
        ([LIKELY, Wish("satisfaction", 60.0)], "satisfaction", 8.0),
        ([Wish("probability", 0.9), Wish("satisfaction", 60.0)], "probability", 0.9 - 2 / 3),
    ],
)
def test_the_wish_that_binds_is_named(wishes: list[Wish], name: str, missed: float) -> None:
    scores = [score(1.0, 0.9, 1.1, 0.9, satisfaction=50.0), score(2.0, 1.1, 1.1, 0.9, satisfaction=52.0)]
    bound = binding(scores, wishes)
    assert bound.wish.name == name
    assert bound.missed == pytest.approx(missed)
    assert choose(scores, wishes).winner is bound.nearest


def test_differences_are_paired() -> None:
    one, other = score([2.0, 3.0, 4.0], 1.1, 1.1, 0.9), score([1.0, 2.0, 3.0], 0.9, 1.1, 0.9)
    assert cost_difference(one, other) == pytest.approx((1.0, 1.0, 1.0))  # the same in every cell: no doubt
    probability = probability_difference(one, other)
    assert probability.value == pytest.approx(1 / 3)
    assert probability.low < 0.2 < probability.high
    assert probability_difference(one, one).value == 0.0
    assert probability_difference(one, one).low < 0.0 < probability_difference(one, one).high


def test_regret_is_against_the_best_of_each_draw() -> None:
    cheap, dear = score(1.0, 1.1, 0.9, 0.9), score(3.0, 1.1, 1.1, 0.8)
    lost = regret(dear, [cheap, dear])
    assert (lost.dearer, lost.dearest) == (1.0, 2.0)  # 2 in the first draw, 0 in the second
    assert lost.hopeless == pytest.approx(1 / 3)
    assert regret(cheap, [cheap, dear]).short == pytest.approx(0.1)


def test_cells_never_meet() -> None:
    search, front = Cells(1, 4, 5000), Cells(5, 3, 5000)
    assert not set(search.numbers()) & set(front.numbers())


def test_a_score_counts_the_worst_tier() -> None:
    found = score(1.0, 0.9, 1.1, 1.3, 1.2)
    assert found.weakest == "provincial"
    assert (found.probability, found.probabilities["city"]) == (0.75, 1.0)
    assert 0.5 < found.smooth_probability < 1.0
    assert score(1.0, 1.1, 1.1).safety == 3.0  # no spread: sure enough


def test_wishes_are_read() -> None:
    wishes = read_wishes(chosen("budget=5", "floors.satisfaction=50", "probability=1"))
    assert wishes == (Wish("probability", 1.0), Wish("budget", 5.0), Wish("satisfaction", 50.0))
    with pytest.raises(InputError, match="settled_share is 1 at most"):
        read_wishes(chosen("floors.settled_share=1.5"))


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("floors.satisfaction=101", "can never be kept"),
        ("floors.happiness=5", "no outcome"),
        ("floors.satisfaction=much", "much"),
        ("probability=1.2", "above 0 and at most 1"),
        ("budget=-1", "must be 0 to 1,000,000,000"),
        ("budget=nan", "must be 0 to 1,000,000,000"),
        ("fix.skill=0.8", "did you mean 'skills'"),
        ("fix.skills=1.8", "fix.skills"),
        ("fix.start=2026-01", "2027-01 to 2035-12"),
        ("bounds.pay=[0.8,0.2]", "swap"),
        ("bounds.start=[2028-01,2027-01]", "begins with 2028-01"),
        ("bounds.pay=0.5", "lowest and the highest"),
        ("phase_in=both", "choose one of"),
        ("candidates=3", "candidates=3"),
        ("trust_cells=500", "draws"),
        ("agents=10", "too few"),
        ("knowledge=all", "choose one of"),
        ("scenario=nowhere", "nowhere"),
    ],
)
def test_bad_input_is_refused_in_one_line(
    word: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(["optimise", word, f"results={tmp_path}"], capsys)


def test_every_family_has_bounds() -> None:
    assert set(FAMILIES) < set(chosen().bounds)
