"""From seconds to figures, tables for the terminal and for Markdown, and sentences."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from experiments.pages.terminal import aligned
from sim.calendar import MONTHS_PER_YEAR

JANUARY, DECEMBER = 1, 12
QUARTER_ENDS = (3, 6, 9, 12)
Rows = list[list[str]]
SPEED_TEXTS, FUTURE_TEXTS, SIZE_TEXTS = 1, 2, 0  # columns of words, to the left of the numbers


class Turn(NamedTuple):
    """What a contender did in one repetition."""

    worker_months: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Worker-months in a second."""
        return self.worker_months / self.seconds


class Step(NamedTuple):
    """How long one month of the engine took."""

    calendar_month: int
    seconds: float


def spread(values: Iterable[float]) -> dict[str, float]:
    """Median and range."""
    known = list(values)
    return {"median": median(known), "low": min(known), "high": max(known)}


def ratios(turns: Sequence[Turn], base: Sequence[Turn]) -> list[float]:
    """Speed beside another contender's in the same repetition: what slows the machine slows both."""
    return [turn.per_second / other.per_second for turn, other in zip(turns, base, strict=True)]


def calendar_shares(steps: Sequence[Step]) -> dict[str, float]:
    """Shares of months, quarters and years in the time of a year.

    A month that neither ends a quarter nor begins a year is the measure. What the ends of quarters take
    beyond it is the quarters'; what January and December take beyond that is the years'.
    """
    by_month = {
        month: median([step.seconds for step in steps if step.calendar_month == month])
        for month in range(JANUARY, DECEMBER + 1)
    }
    special = (JANUARY, *QUARTER_ENDS)
    plain = median([seconds for month, seconds in by_month.items() if month not in special])
    quarter = median([by_month[month] for month in QUARTER_ENDS[:3]])
    quarters = len(QUARTER_ENDS) * max(0.0, quarter - plain)
    years = max(0.0, by_month[JANUARY] - plain) + max(0.0, by_month[DECEMBER] - max(plain, quarter))
    months = MONTHS_PER_YEAR * plain
    total = months + quarters + years
    return {"months": months / total, "quarters": quarters / total, "years": years / total}


def contender_summary(turns: Sequence[Turn], base: Sequence[Turn]) -> dict[str, Any]:
    """Speed and ratio of one contender, with all turns."""
    return {
        "worker_months": [turn.worker_months for turn in turns],
        "seconds": [turn.seconds for turn in turns],
        "worker_months_per_second": spread(turn.per_second for turn in turns),
        "ratio": spread(ratios(turns, base)),
    }


def bytes_per_further_worker(sizes: Sequence[dict[str, Any]]) -> float | None:
    """Peak memory that a further worker costs, between the smallest and the largest population."""
    if len(sizes) < 2:
        return None
    first, last = (pick(sizes, key=lambda size: size["agents"]) for pick in (min, max))
    return float((last["peak_bytes"] - first["peak_bytes"]) / (last["agents"] - first["agents"]))


def sizes_that_fit(
    sizes: Sequence[int], needed: Sequence[int], free: int | None
) -> tuple[list[int], list[dict[str, Any]]]:
    """Numbers of agents that fit into memory, and those that do not with the reason.

    Parameters
    ----------
    sizes
        Numbers of agents.
    needed
        Bytes that each of them needs, about.
    free
        Bytes that are free; None when the system does not say.
    """
    fitting, left_out = [], []
    for agents, size in zip(sizes, needed, strict=True):
        if free is None or size <= free:
            fitting.append(agents)
        else:
            reason = f"needs about {size / 1e9:.1f} GB of memory and {free / 1e9:.1f} GB are free"
            left_out.append({"agents": agents, "reason": reason})
    return fitting, left_out


def speed_rows(found: dict[str, Any]) -> Rows:
    """Everyone's speed, and beside the engine on one thread with as many agents."""
    rows = [["who", "agents", "threads", "million worker-months/s", "range", "ratio", "range"]]
    for one in found["contenders"]:
        speed = {key: value / 1e6 for key, value in one["worker_months_per_second"].items()}
        rows.append(
            [
                one["title"],
                f"{one['agents']:,}",
                str(one["threads"]),
                number(speed["median"]),
                between(speed),
                number(one["ratio"]["median"]),
                "" if one["beside"] == one["name"] else between(one["ratio"]),
            ]
        )
    return rows


def size_rows(found: dict[str, Any]) -> Rows:
    """Cost and memory by number of agents."""
    rows = [["agents", "ns per worker-month", "range", "peak memory, GB", "first population, s"]]
    rows += [
        [
            f"{one['agents']:,}",
            number(one["nanoseconds_per_worker_month"]["median"]),
            between(one["nanoseconds_per_worker_month"]),
            f"{one['peak_bytes'] / 1e9:.2f}",
            number(one["start_seconds"]),
        ]
        for one in found["sizes"]
    ]
    return rows


def future_rows(found: dict[str, Any]) -> Rows:
    """Futures a minute, and what the parts of one cost."""
    rows = [["of small lives", "unit", "median", "range"]]
    rows += [
        [one["title"], one["unit"], number(one["median"]), between(one)]
        for one in found["futures"]["quantities"]
    ]
    return rows


def number(value: float) -> str:
    """Three digits that matter, without powers of ten."""
    return f"{value:,.0f}" if value >= 100.0 else f"{value:.3g}"


def between(spread: dict[str, float]) -> str:
    """Smallest and largest value."""
    return f"{number(spread['low'])} to {number(spread['high'])}"


def sentences(found: dict[str, Any]) -> Iterator[str]:
    """What the tables do not say."""
    by_name = {one["name"]: one for one in found["contenders"]}
    if "twin" in by_name:
        times = 1.0 / by_name["twin"]["ratio"]["median"]
        yield (
            f"On one thread the engine is {number(times)} times as fast as its plain Mesa twin; both lived "
            "the same lives, equal to the bit."
        )
    for one in found["contenders"]:
        if "calendar_shares" in one:
            shares = one["calendar_shares"].items()
            parts = ", ".join(f"{100.0 * share:.0f} % {part}" for part, share in shares)
            yield f"The engine's time with threads={one['threads']}: {parts}."
    each, further = found["bytes_per_worker"], found["peak_bytes_per_further_worker"]
    memory = f"A worker is {each} bytes of columns"
    yield (
        f"{memory}."
        if further is None
        else f"{memory}; a further one raises the peak by {further:.0f} bytes."
    )
    yield f"The bare pass reads and writes up to {gigabytes_per_second(found):.1f} GB/s together."
    if "futures" in found:
        told = found["futures"]
        yield (
            f"Small lives have {told['agents']:,} agents. Futures a minute are those of {told['draws']} "
            f"draws under three scenarios in each turn, by {told['processes']} processes that are at work "
            "already; each draw has a seed of its own, its history is lived once, and nothing was kept "
            "before. The other lines are of one process on one thread."
        )
    if "first_life_seconds" in found:
        by_verb = " and ".join(
            f"{median(seconds):.1f} s for `{verb}`" for verb, seconds in found["first_life_seconds"].items()
        )
        yield f"From the start of a command to its first life, with everything compiled: {by_verb}."
        yield (
            "A small comparison of 18 futures that are all kept, with its tables and its page: "
            f"{found['page_seconds']:.1f} s."
        )
    if "warm_seconds" in found:
        yield (
            f"A whole `workforce run population=tiny` takes {median(found['warm_seconds']):.1f} s, "
            f"and {found['first_seconds']:.0f} s the first time, when it compiles."
        )
    for one in found["left_out"]:
        yield f"{one['agents']:,} agents are left out: {one['reason']}."
    yield from (f"{note[0].upper()}{note[1:]}." for note in found["notes"])


def gigabytes_per_second(found: dict[str, Any]) -> float:
    """What the fastest bare pass reads and writes in a second, by the median of its turns."""
    passes = [one for one in found["contenders"] if one["name"].startswith("memory_")]
    fastest = max(passes, key=lambda one: float(one["worker_months_per_second"]["median"]))
    workers_per_second = fastest["worker_months_per_second"]["median"]
    return float(2.0 * found["bytes_of_columns"] / fastest["agents"] * workers_per_second / 1e9)


def origin(found: dict[str, Any]) -> str:
    """On what it was measured, and when."""
    on = found["machine"]
    names = ", ".join(f"{name} {version}" for name, version in on["versions"].items())
    code = f", commit {on['commit']}" if on["commit"] else ""
    repetitions = found["settings"]["repetitions"]
    many = "one repetition" if repetitions == 1 else f"median and range of {repetitions} repetitions"
    return f"{on['processor']}, {on['cores']} cores, {names}{code}, {found['date'][:10]}; {many}."


def explanation() -> str:
    """How to read the table of speeds."""
    return (
        "All take turns in one run. The engine counts everything: all decisions and all institutions of "
        "whole years. A ratio compares with the engine on one thread and as many agents, in the same "
        "repetition. numpy decides less than the engine does "
        "(`experiments/questions/benchmark/vectorised.py`)."
    )


def tables(found: dict[str, Any]) -> Iterator[tuple[Rows, int]]:
    """The tables, each with the number of its columns of words."""
    yield speed_rows(found), SPEED_TEXTS
    if "futures" in found:
        yield future_rows(found), FUTURE_TEXTS
    if found["sizes"]:
        yield size_rows(found), SIZE_TEXTS


def terminal(found: dict[str, Any]) -> str:
    """For the terminal."""
    aligned_tables = [aligned(rows, texts) for rows, texts in tables(found)]
    return "\n\n".join([origin(found), *aligned_tables, "\n".join(sentences(found)).replace("`", "")])


def markdown(found: dict[str, Any]) -> str:
    """For a page."""
    marked = [as_markdown(rows, texts) for rows, texts in tables(found)]
    listed = "\n".join(f"- {sentence}" for sentence in sentences(found))
    return "\n\n".join([origin(found), explanation(), *marked, listed]) + "\n"


def as_markdown(rows: Sequence[Sequence[str]], left: int) -> str:
    """A Markdown table; the ``left`` first columns are words, the others numbers."""
    rule = ["---"] * left + ["---:"] * (len(rows[0]) - left)
    return "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], rule, *rows[1:]])
