"""`workforce status`: how far a study is."""

from dataclasses import dataclass
from pathlib import Path

from experiments.answers.keys import key
from experiments.command.study_keys import StudyKeys

HELP = """\
workforce status NAME - how far a study is

A study is a question and the lives that it needs: a sweep, or any comparison, attribution, adaptation,
optimisation, sensitivity, calibration or backtest. Told from its files alone: whoever launched it need not be
there any more.

Keys (key=default: meaning)
{keys}

Example
  workforce status small
  workforce status optimise/default
"""


@dataclass
class StatusKeys(StudyKeys):
    """Which study, and who reads."""

    json: bool = key(False, "true, or --json, for programs")


def main(keys: StatusKeys) -> int:
    """Print numbers of lives, who works, and what is wrong."""
    from experiments.study.folder import find
    from experiments.study.state import state_of
    from experiments.study.words import state_as_json, state_in_words

    state = state_of(find(Path(keys.results), keys.name))
    print(state_as_json(state) if keys.json else state_in_words(state))
    return 0
