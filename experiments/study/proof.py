"""Whether finished lives are as they were written, and come out the same when they are lived again."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from experiments.runs import machine
from experiments.runs.life import Life
from experiments.runs.plan import RECORD, Cell
from experiments.runs.store import LifeStore
from experiments.runs.worker import Means, Worker
from experiments.study.folder import Study
from experiments.study.remote import Unwatched
from experiments.study.state import is_done


def unsound(study: Study) -> list[tuple[Path, str]]:
    """Parts with lives of the study that are not as they were written, and those that tell of none."""
    planned = {row["run_id"] for row in study.rows()}
    store = study.store
    mine = [part.folder for part in store.parts() if any(life["run_id"] in planned for life in part.lives)]
    faults = [(folder, store.check(folder)) for folder in mine]
    return [*store.unreadable(), *((folder, fault) for folder, fault in faults if fault)]


def without_data(study: Study) -> int:
    """Number of planned lives that are not finished."""
    kept = study.store.kept()
    return sum(not is_done(row, kept) for row in study.rows())


def repeated(study: Study, share: float, seed: int | None, threads: int | None) -> tuple[int, list[str]]:
    """Live a random share of the finished lives again; their number, and those that differ in any bit."""
    kept = study.store.kept()
    finished = [life for life in study.lives() if RECORD in kept.get(life.run_id, {})]
    if not finished or share == 0.0:
        return 0, []
    study.check_version()
    machine.compile_once()
    machine.use_threads(threads)
    number = min(len(finished), max(1, round(share * len(finished))))
    places = np.random.default_rng(seed).choice(len(finished), number, replace=False)
    chosen = [finished[place] for place in places]
    with TemporaryDirectory(dir=study.folder, prefix=".again-") as folder:
        again = LifeStore(Path(folder))
        Worker(again, Unwatched(), Means(threads=threads)).work([Cell((life,)) for life in chosen])
        return number, [life.run_id for life in chosen if differs(life, study.store, again)]


def differs(life: Life, one: LifeStore, other: LifeStore) -> bool:
    """Whether the states or the figures of a life differ in any bit."""
    states = [store.facts([life])[0]["state_digest"] for store in (one, other)]
    found = [store.records([life]) for store in (one, other)]
    same = found[0].names == found[1].names and found[0].years == found[1].years
    return states[0] != states[1] or not (
        same and np.array_equal(found[0].figures, found[1].figures, equal_nan=True)
    )
