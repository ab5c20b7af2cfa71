"""How lives are lived: histories kept and read again, checkpoints on the way, an end at any month."""

import time
from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.runs.files import remove
from experiments.runs.interruption import Interruption, signals_held
from experiments.runs.life import HISTORY_YEARS, Life, Lived
from experiments.runs.observers import FROM_FORK, OBSERVERS, Arrays
from experiments.runs.progress import Watcher
from experiments.runs.snapshots import Kept, read_snapshot, write_snapshot
from sim.calendar import FORK, FORK_YEAR, MONTHS_PER_YEAR, START, calendar_month, month_index, year_of

if TYPE_CHECKING:
    from sim.inputs import Inputs
    from sim.policy.scenario import Scenario


NOTED = "noted."  # before the names of what observers have in a snapshot


class Place(NamedTuple):
    """Where a snapshot is kept, and all that decides what is in it."""

    folder: Path
    key: dict[str, Any]


@dataclass
class Living:
    """Lives histories and futures.

    Attributes
    ----------
    watcher
        Is told of every year.
    passing
        Folder of checkpoints.
    histories
        Folder in which histories are kept; None to keep none.
    checkpoints
        Whether the end of every year is kept, until it is followed by the next.
    observers
        Names of what else is noted, of ``OBSERVERS``; a history that is read tells none of it.
    """

    watcher: Watcher
    passing: Path
    histories: Path | None = None
    checkpoints: bool = False
    observers: tuple[str, ...] = ()
    _years_expected: int = field(default=HISTORY_YEARS, init=False)  # of history, by the watcher

    def history(self, life: Life) -> Lived:
        """The country at the fork, the same for all scenarios: read, or lived and kept."""
        key = life.history_key()
        kept = None if self.histories is None else Place(self.histories / life.history_id, key)
        passing = Place(self.passing / life.history_id, key)
        past = (_read_past(kept, life) if kept else None) or _read_past(passing, life)
        past = past or _first(life, [name for name in self.observers if name not in FROM_FORK])
        self._skip(min(self._years_expected, (past.model.month - START) // MONTHS_PER_YEAR))
        self._live_on(past, month_index(life.history().until, MONTHS_PER_YEAR), passing, kept)
        if kept and kept.folder.exists():
            remove(passing.folder)
        return past

    def future(self, life: Life, past: Lived | None = None) -> Lived:
        """The country at the end of the last year of a life under its scenario.

        Parameters
        ----------
        life
            Which one.
        past
            Its country at the fork, which stays as it is; without one, it is read or lived, and one
            population at a time is in memory.
        """
        if life.until <= FORK_YEAR:
            return past or self.history(life)
        passing = Place(self.passing / life.run_id, life.run_key())
        lived = _read(passing, life.scenario, life.later_inputs)
        if lived is None:
            lived = _forked(life, past) if past else _under(life, self.history(life))
            _observe(lived, [name for name in self.observers if name in FROM_FORK])
        else:
            self._skip(self._years_expected + (lived.model.month - FORK) // MONTHS_PER_YEAR)
        self._live_on(lived, month_index(life.until, MONTHS_PER_YEAR), passing)
        return lived

    def forget(self, life: Life) -> None:
        """Remove the checkpoints of a life that is finished."""
        for name in (life.run_id, life.history_id):
            remove(self.passing / name)
        with suppress(OSError):  # others may be there
            self.passing.rmdir()

    def _live_on(self, lived: Lived, until: int, passing: Place, final: Place | None = None) -> None:
        """Live until the end of a month; signals wait for the end of the month that is being lived.

        Parameters
        ----------
        lived
            The life; it goes on in place.
        until
            The last month.
        passing, final
            Where to keep the state on the way, and that of the last month if not there.
        """
        with signals_held() as came:
            while lived.model.month < until:
                started = time.perf_counter()
                lived.model.step()
                lived.seconds += time.perf_counter() - started
                month = lived.model.month
                year_ends = calendar_month(month) == MONTHS_PER_YEAR
                if year_ends:
                    for observer in lived.observers.values():
                        observer.note(lived.model)
                if final and month == until:
                    self._keep(final, lived)
                elif self.checkpoints and (year_ends or came):
                    self.checkpoints = self._keep(passing, lived)
                if year_ends:
                    self.watcher.year(year_of(month))
                if came:
                    raise Interruption(self._kept_until(month), came[0])

    def _keep(self, place: Place, lived: Lived) -> bool:
        """Keep a life in a place; a disk that is full does not end the work."""
        from sim.snapshot import take_snapshot

        try:
            snapshot = take_snapshot(lived.model)
            for name, observer in lived.observers.items():
                noted = observer.arrays().items()
                snapshot.arrays.update({f"{NOTED}{name}.{key}": values for key, values in noted})
            write_snapshot(*place, Kept(snapshot, lived.seconds))
        except OSError as error:
            self.watcher.unkept(place.folder.parent.name, str(error.strerror))
            return False
        return True

    def _kept_until(self, month: int) -> str:
        return (
            f"what was lived until {year_of(month)}-{calendar_month(month):02d} is kept"
            if self.checkpoints
            else ""
        )

    def _skip(self, years: int) -> None:
        """Tell the watcher once of years that it expected and that need no simulation."""
        self._years_expected = 0
        self.watcher.skip(years)


def _first(life: Life, observers: Sequence[str]) -> Lived:
    """The country at the end of 2014."""
    from sim.model import WorkforceModel

    started = time.perf_counter()
    world = life.world
    model = WorkforceModel(
        life.history().scenario, inputs=life.inputs, agents=world.agents, seed=life.seed, draw=life.draw
    )
    return _observe(Lived(model, time.perf_counter() - started), observers)


def _observe(lived: Lived, names: Sequence[str]) -> Lived:
    """Have observers begin to look at a life."""
    for name in names:
        lived.observers[name] = OBSERVERS[name]()
        lived.observers[name].note(lived.model)
    return lived


def _under(life: Life, past: Lived) -> Lived:
    """The same country under the scenario of a life; it takes the state of the past over."""
    from sim.model import WorkforceModel

    state = past.model.state
    past.let_go()
    model = WorkforceModel(
        life.scenario, inputs=life.later_inputs, seed=life.seed, draw=life.draw, state=state
    )
    return Lived(model, past.seconds, past.observers)


def _forked(life: Life, past: Lived) -> Lived:
    """A copy of the country under the scenario of a life."""
    model = past.model.fork(life.scenario, life.later_inputs)
    return Lived(model, past.seconds, deepcopy(past.observers))


def _read_past(place: Place, life: Life) -> Lived | None:
    """Read the history of a life from a place, if something is kept there."""
    return _read(place, life.history().scenario, life.inputs)


def _read(place: Place, scenario: "Scenario", inputs: "Inputs") -> Lived | None:
    """Read a life from a place, if something is kept there."""
    from sim.snapshot import restore

    kept = read_snapshot(*place)
    if kept is None:
        return None
    arrays, found = kept.snapshot.arrays, dict[str, Arrays]()
    for key in [key for key in arrays if key.startswith(NOTED)]:
        name, _, part = key.removeprefix(NOTED).partition(".")
        found.setdefault(name, {})[part] = arrays.pop(key)
    observers = {name: OBSERVERS[name].taken_from(noted) for name, noted in found.items()}
    return Lived(restore(kept.snapshot, scenario, inputs), kept.seconds, observers)
