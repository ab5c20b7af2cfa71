"""The streams that the battery gets are the model's own numbers, endless, and they pass a short test."""

import numpy as np
import pytest

from sim.calendar import START
from sim.chance import Purpose, bits, make_key
from sim.life import surroundings
from tests.country import past
from tests.statistical import battery, streams
from tests.statistical.report_streams import QUICK, accepted, measure, text
from tests.statistical.streams import BLOCK, MEANINGS, MONTH, PER_CELL, SEED, STREAMS, TURN, blocks

NEEDS_BATTERY = pytest.mark.skipif(
    not battery.available(),
    reason="the battery dieharder is not installed (Debian: apt-get install dieharder)",
)


def words(name: str, first: int, number: int) -> np.ndarray:
    """Some words of a stream."""
    out = np.empty(number, np.uint64)
    STREAMS[name](first, out)
    return out


def identity(index: int) -> np.uint64:
    """Identity of one worker of the first population."""
    return streams.mix(streams.TAG + np.uint64(index))


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_goes_on_where_it_was_left(name: str) -> None:
    stream = blocks(name)
    first, second = next(stream).copy(), next(stream).copy()
    assert np.array_equal(np.concatenate((first, second)), words(name, 0, 2 * BLOCK))
    assert np.unique(second).size > 0.99 * BLOCK


def test_every_stream_has_its_meaning() -> None:
    assert list(MEANINGS) == list(STREAMS)


def test_identities_are_those_of_the_country() -> None:
    """Every agent is of the first population, a newcomer, or one who was split off with a ticket."""
    workers = past().state.population.workers
    mine = workers.identity[(workers.status > 0) & (workers.decided == 0)]  # never selected
    first = {int(identity(index)) for index in range(25_000)}
    cells = (past().month - START) // 3 * streams.SOURCE_CELLS
    labels = np.uint64(streams.FIRST_QUARTER * streams.SOURCE_CELLS) + np.arange(cells, dtype=np.uint64)
    new = {
        int(streams.mix(streams.FIRST_IDENTITY + (label << streams.CELL_SHIFT) + np.uint64(ordinal)))
        for label in labels
        for ordinal in range(20)
    }
    found = np.array([int(one) in first or int(one) in new for one in mine])
    assert found.mean() > 0.98  # a few of the busiest places take in more than 20 agents in a quarter


def test_words_are_those_of_the_month() -> None:
    key, after = make_key(SEED, MONTH, Purpose.SCREENING), make_key(SEED, MONTH, Purpose.CONSEQUENCE + 1)
    assert words("workers", 5, 1)[0] == bits(key, identity(5))
    assert words("heads", 1, 1)[0] & np.uint64(0xFF) == bits(key, identity(15)) & np.uint64(0xFF)
    assert words("choices", TURN, 1)[0] == bits(after, identity(TURN))
    assert words("seeds", 9, 1)[0] == bits(make_key(9, MONTH, Purpose.SCREENING), identity(0))
    assert words("months", 3, 1)[0] == bits(make_key(SEED, START + 4, Purpose.SCREENING), identity(0))
    assert words("decisions", 18, 1)[0] == bits(make_key(SEED, MONTH, Purpose.DECISION), identity(1))


def test_a_strike_is_a_head_above_its_draw() -> None:
    n = TURN * surroundings.JOB + 11
    head = bits(make_key(SEED, MONTH, Purpose.SCREENING), identity(n)) >> np.uint64(8 * surroundings.JOB)
    draw = bits(make_key(SEED, MONTH, Purpose.DECISION + surroundings.JOB), identity(n))
    word = words("strikes", n, 1)[0]
    assert word >> np.uint64(56) == head & np.uint64(0xFF)
    assert word & np.uint64((1 << 56) - 1) == draw >> np.uint64(8)


def test_newcomers_stand_in_line() -> None:
    one, two = words("newcomers", PER_CELL - 1, 2)
    key = make_key(SEED, streams.END, Purpose.SCREENING)
    label = streams.FIRST_QUARTER * streams.SOURCE_CELLS
    last = streams.mix(streams.FIRST_IDENTITY + np.uint64((label << 24) + PER_CELL - 1))
    first = streams.mix(streams.FIRST_IDENTITY + np.uint64((label + 1) << 24))
    assert (one, two) == (bits(key, last), bits(key, first))


def test_results_of_the_battery_are_read() -> None:
    table = (
        "#====#\n#  dieharder version\n"
        "   diehard_runs,   0,    100000,     100,0.62576551,  PASSED  \n"
        "     sts_serial,   2,    100000,     100,0.00112000,   WEAK   \n"
    )
    assert battery.parse(table) == [
        battery.Result("diehard_runs", 0, 0.62576551, "PASSED"),
        battery.Result("sts_serial", 2, 0.00112, "WEAK"),
    ]


@pytest.mark.parametrize(
    ("p_value", "judged"), [(0.5, "PASSED"), (0.004, "WEAK"), (0.996, "WEAK"), (1e-7, "FAILED")]
)
def test_p_values_are_judged_at_both_ends(p_value: float, judged: str) -> None:
    assert battery.assess(p_value) == judged


@NEEDS_BATTERY
@pytest.mark.statistical
def test_some_streams_pass_a_short_battery() -> None:
    result = measure(**QUICK)
    assert accepted(result)
    assert "| seeds: " in text(result)


@NEEDS_BATTERY
@pytest.mark.statistical
def test_the_battery_finds_a_bad_stream() -> None:
    counting = (np.arange(BLOCK, dtype=np.uint64) + np.uint64(BLOCK * k) for k in range(10_000))
    assert battery.run(counting, 100, 0)[0].assessment == "FAILED"
