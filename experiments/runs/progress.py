"""How far the work is: a bar with the time left on a terminal, plain lines elsewhere."""

import sys
import time
from collections import Counter
from typing import Protocol

LEAST_PER_CENT = 3  # of the work, from which the time left can be told


class Years(Protocol):
    """Whoever counts the work. One unit is one simulated year of one scenario."""

    def year(self, year: int, /) -> None:
        """Count a simulated year that is done; a KeyboardInterrupt ends the work there."""

    def skip(self, years: int, /) -> None:
        """Expect so many years less: they need no simulation."""


class Watcher(Years, Protocol):
    """Who is told how lives go on."""

    def unkept(self, what: str, why: str, /) -> None:
        """Count a state that cannot be written."""


class Progress(Watcher, Protocol):
    """What the work tells whoever watches."""

    def begin(self, text: str) -> None:
        """Say what is being done now."""

    def close(self) -> None:
        """End, however the work ended."""


class Losses:
    """Counts what cannot be written, and says it once."""

    def __init__(self) -> None:
        self._lost: Counter[tuple[str, str]] = Counter()

    def unkept(self, what: str, why: str, /) -> None:
        """Count a state that cannot be written."""
        self._lost[what, why] += 1

    def close(self) -> None:
        """Say what could not be written."""
        for (what, why), number in self._lost.items():
            line = f"{what} that could not be kept: {number} ({why}); the simulation went on without"
            print(f"workforce: {line}", file=sys.stderr)


class Unseen:
    """Progress that nobody looks at."""

    def year(self, _: int, /) -> None:
        """Pass over a year."""

    def skip(self, _: int, /) -> None:
        """Pass over years."""

    def unkept(self, _: str, __: str, /) -> None:
        """Pass over a state that cannot be written."""

    def begin(self, _: str) -> None:
        """Pass over what is done."""

    def close(self) -> None:
        """End."""


class Bar(Losses):
    """A bar with the time left, for a terminal."""

    def __init__(self, total: int) -> None:
        super().__init__()
        from tqdm import tqdm

        form = "{l_bar}{bar}| {elapsed} gone, {remaining} left"
        self.bar = tqdm(total=total, bar_format=form, dynamic_ncols=True, leave=False)

    def begin(self, text: str) -> None:
        """Say what is being done now."""
        self.bar.set_description(text)

    def year(self, _: int, /) -> None:
        """Count a simulated year that is done."""
        self.bar.update()

    def skip(self, years: int, /) -> None:
        """Expect so many years less."""
        self.bar.total = (self.bar.total or 0) - years
        self.bar.refresh()

    def close(self) -> None:
        """Wipe the bar."""
        self.bar.close()
        super().close()


class Lines(Losses):
    """Now and then a line with the time left, for a log."""

    SECONDS_BETWEEN = 10.0

    def __init__(self, total: int) -> None:
        super().__init__()
        self.total, self.done = total, 0
        self.started = self.last = time.monotonic()
        self.text = ""

    def begin(self, text: str) -> None:
        """Say what is being done now."""
        self.text = text

    def year(self, _: int, /) -> None:
        """Count a simulated year, and print a line when the last one is old enough."""
        self.done += 1
        now = time.monotonic()
        if now - self.last >= self.SECONDS_BETWEEN and self.done < self.total:
            self.last = now
            left = (now - self.started) / self.done * (self.total - self.done)
            share = 100 * self.done // self.total
            guess = f", about {duration(left)} left" if share >= LEAST_PER_CENT else ""  # it began slowly
            print(f"{share:3d} %  {self.text}{guess}", flush=True)

    def skip(self, years: int, /) -> None:
        """Expect so many years less."""
        self.total -= years


def watch(total: int) -> Progress:
    """Choose the progress that suits where the output goes.

    Parameters
    ----------
    total
        Years to be simulated, over all runs.
    """
    return Bar(total) if sys.stderr.isatty() else Lines(total)


def duration(seconds: float) -> str:
    """Give a time as people say it: '45 s', '3 min 20 s', '2 h 5 min'."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
