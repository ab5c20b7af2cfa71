"""`workforce compact`: many small parts of a study into one."""

from dataclasses import dataclass
from pathlib import Path

from experiments.command.study_keys import TakenKeys

HELP = """\
workforce compact NAME - many small parts of a study into one

File systems of clusters dislike thousands of small files. Lives of other questions that stand in the same
parts come along. The new part is written whole before the old ones go, so that nothing is lost whenever it is
stopped.

Keys (key=default: meaning)
{keys}

Example
  workforce compact small
"""


@dataclass
class CompactKeys(TakenKeys):
    """Which study."""


def main(keys: CompactKeys) -> None:
    """Write one part and remove what it replaces."""
    from experiments.runs.compaction import compact
    from experiments.runs.presence import launching
    from experiments.study.folder import find
    from experiments.study.scheduler import nothing_queued

    study = find(Path(keys.results), keys.name)
    with launching(study.presence, nothing_queued(study), takeover=keys.takeover):
        before, after = compact(study.store, {row["run_id"] for row in study.rows()})
    print(f"{before} parts are {after} now.")
