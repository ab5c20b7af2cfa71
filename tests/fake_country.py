"""A stand-in for the simulation with all figures that questions ask for: milliseconds for a whole life.

Levels are about those that are published of 2015, so that a calibration finds lives that match. What they
depend on is made up: intakes and intensity of measures, a few uncertain numbers, and luck. Other processes
take it for the model as well when :func:`stand_in` has told the environment.
"""

import gc
import math
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from sim.calendar import FORK_YEAR, START, calendar_month, month_index, year_of
from sim.categories import FAMILIES
from sim.outcomes.record import Record
from tests import fake_model
from tests.fake_model import LIFE, PART, Snapshot, State, compare_lives, lives, take_snapshot, wages  # noqa: F401

LEVELS: Final = {
    ("workers", "all"): 234.3e6, ("workers", "hukou=rural"): 135.5e6, ("employed", "all"): 229.6e6,
    ("turnover", "all"): 0.23, ("wage_mean", "all"): 4_228.0, ("wage_mean", "hukou=rural"): 4_240.0,
    ("mean_age", "hukou=rural"): 38.8, ("high_skilled", "all"): 17.9e6, ("skilled", "all"): 57.4e6,
    ("migrants_rural_inter_provincial", "all"): 37.2e6, ("migrants_outgoing", "all"): 81.8e6,
    ("migrants_local", "all"): 53.2e6, ("migrants_above_50_share", "all"): 0.19,
    ("rural_workers", "sex=male"): 90.2e6, ("rural_workers", "sector=construction"): 50.8e6,
    ("rural_workers", "sector=light_manufacturing"): 45.1e6, ("rural_workers", "education=primary"): 20.4e6,
    ("rural_workers", "sector=equipment_manufacturing"): 31.0e6, ("skill_premium", "all"): 1.42,
    ("rural_workers", "education=junior_secondary"): 80.7e6, ("satisfaction", "all"): 45.4,
    ("rural_workers", "education=senior_secondary"): 14.2e6, ("settled_share", "all"): 0.0511,
    ("rural_workers", "education=secondary_vocational"): 8.7e6, ("young_entries", "all"): 4.65e6,
    ("rural_workers", "education=higher_vocational"): 11.3e6,
}  # fmt: skip
FIRST: Final = 2015  # year of the levels
WAGE_GROWTH: Final = 1.08  # a year; all else stays
FEW: Final = ("quit_per_year", "settle_per_year", "engagement_level", "examination_per_year")  # move figures
STANDS_FOR: Final = ("sim.model", "sim.snapshot", "sim.outcomes.paired")
STOP: Final = "FAKE_COUNTRY_STOP"  # names a file with a process and the number of the future that stops it
HOOK: Final = """
import sys
from importlib.util import spec_from_file_location

class StandIn:
    @staticmethod
    def find_spec(name, path=None, target=None):
        return spec_from_file_location(name, {file!r}) if name in {names!r} else None

sys.meta_path.insert(0, StandIn)
"""
forks: list[str] = []  # of this process


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Take the place of the simulation, in this process and in those that it starts."""
    forks.clear()
    for name in STANDS_FOR:
        monkeypatch.setitem(sys.modules, name, sys.modules[__name__])
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HOOK.format(file=__file__, names=STANDS_FOR), encoding="utf-8")
    places = [str(folder), str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, places)))


def stop_after(futures: int, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this process interrupted, as by Ctrl-C, when a process has begun so many futures; once."""
    file.write_text(f"{os.getpid()} {futures}", encoding="ascii")
    monkeypatch.setenv(STOP, str(file))


class WorkforceModel(fake_model.WorkforceModel):
    """One life: the figures of each year follow from scenario, parameters, seed and draw."""

    def run_to(self, year: int, month: int = 12, on_year: Callable[[int], None] | None = None) -> None:
        _stay()
        self.state.month = month_index(year, month)

    def fork(self, scenario: Any, inputs: Any = None) -> "WorkforceModel":
        forks.append(scenario.name)
        _stop_when_told()
        state = State(**vars(self.state))
        return WorkforceModel(
            scenario, inputs=inputs or self.inputs, seed=self.seed, draw=self.draw, state=state
        )

    def _record(self) -> Record:
        record = Record()
        for year in range(year_of(START) + 1, year_of(self.month) + (calendar_month(self.month) == 12)):
            for place, ((indicator, group), level) in enumerate(LEVELS.items()):
                grown = WAGE_GROWTH ** (year - FIRST) if indicator == "wage_mean" else 1.0
                moved = 0.02 * (self._known(FEW[place % len(FEW)]) - 0.5) + 0.002 * self._luck(place)
                record.add(year, indicator, level * grown * (1.0 + moved), group)
            self._add_craftsmen(record, year, max(0, year - FORK_YEAR))
        return record

    def _add_craftsmen(self, record: Record, year: int, intakes: int) -> None:
        """Delivery helps and is cheap, the other families do little and are dear; millions of yuan."""
        level = self._levels()
        reached = 0.95 + 0.06 * level["delivery"] + 0.003 * sum(level.values())
        reached += 0.04 * (self._known("completion_national") - 0.5) + 0.02 * self._luck(0)
        for tier, seats in zip(("city", "provincial", "national"), self.scenario.quota_per_year, strict=True):
            for indicator in ("recognised", "recognised_active"):
                record.add(year, indicator, intakes * seats * 10 / 11 * reached, f"tier={tier}")
        spent = {
            name: (0.1 if name == "delivery" else 1.0) * level[name] * (intakes > 0) for name in FAMILIES
        }
        for name, billion in spent.items():
            record.add(year, "spending", 1e3 * billion, f"family={name}")
        record.add(year, "spending", 0.0, "family=places")
        record.add(year, "spending", 1e3 * sum(spent.values()))

    def _levels(self) -> dict[str, float]:
        """Highest intensity of the measures of each family."""
        found = dict.fromkeys(FAMILIES, 0.0)
        for path in self.scenario.paths:
            family = self.inputs.catalogue[path.measure].family
            found[family] = max(found[family], path.level)
        return found

    def _known(self, name: str) -> float:
        """Quantile of an uncertain number."""
        share = self.inputs.law.posterior.quantile(name, self.draw)
        return 0.5 if share is None else share

    def _luck(self, place: int) -> float:
        return math.sin(7.0 * self.seed + 3.0 * self.draw + place)


def restore(snapshot: Snapshot, scenario: Any, inputs: Any) -> WorkforceModel:
    kept = fake_model.restore(snapshot, scenario, inputs)
    return WorkforceModel(scenario, inputs=inputs, seed=kept.seed, draw=kept.draw, state=kept.state)


@cache
def _stay() -> None:
    """Have nobody look after every life at what is imported by now: that takes longer than the life."""
    gc.freeze()


def _stop_when_told() -> None:
    with suppress(KeyError, FileNotFoundError):
        file = Path(os.environ[STOP])
        process, futures = map(int, file.read_text(encoding="ascii").split())
        if len(forks) >= futures:
            file.unlink()  # of several processes, one tells
            os.kill(process, signal.SIGINT)
