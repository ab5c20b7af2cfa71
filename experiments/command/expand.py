"""`workforce expand`: more seeds or draws for a study."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from experiments.answers.keys import key
from experiments.command.study_keys import TakenKeys

MORE: Final = ("seeds", "draws", "samples", "members", "candidates")  # what a study may have more of

HELP = """\
workforce expand NAME - more seeds or draws for a study

Asks the question of the study again with larger numbers: of seeds and draws for sweep and compare, of draws
for attribute, adapt, backtest and calibrate, of samples for sensitivity, members for calibrate, candidates
for optimise. Nothing that is kept is lived again.

Keys (key=default: meaning)
{keys}

Example
  workforce expand small seeds=+2 draws=+4
  workforce expand attribute/default draws=+8
"""


@dataclass
class ExpandKeys(TakenKeys):
    """Which study, and how much more of it."""

    seeds: int = key(0, "+8 adds eight seeds to every draw", low=0, high=1_000_000)
    draws: int = key(0, "+50 adds fifty draws to every seed", low=0, high=1_000_000)
    samples: int = key(0, "of a sensitivity", low=0, high=1_000_000)
    members: int = key(0, "of a calibration", low=0, high=1_000_000)
    candidates: int = key(0, "of an optimisation", low=0, high=1_000_000)


def main(keys: ExpandKeys) -> int:
    """Ask the question of the study with larger numbers; what is kept is not lived again."""
    from experiments.command.retry import ask
    from experiments.study.folder import find
    from sim.errors import InputError

    study = find(Path(keys.results), keys.name)
    chosen = study.facts()["settings"]
    larger = {}
    for name in MORE:
        if more := getattr(keys, name):
            if not isinstance(chosen.get(name), int):
                has = [f"{one}=+8" for one in MORE if isinstance(chosen.get(one), int)]
                raise InputError(f"{study.full_name} counts no {name}; write {' or '.join(has)}")
            larger[name] = chosen[name] + more
    if not larger:
        raise InputError("nothing to add; write seeds=+8, draws=+50 or both")
    return ask(study, **larger, takeover=keys.takeover)
