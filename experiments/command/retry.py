"""`workforce retry`: what failed in a study, once more."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.answers.keys import check_keys, from_dict
from experiments.command.study_keys import TakenKeys
from experiments.command.verbs import keys_of, module_of

if TYPE_CHECKING:
    from experiments.study.folder import Study

HELP = """\
workforce retry NAME - what failed in a study, once more

Forgets which lives failed, and gives the command of the study again: what is kept is not lived again.

Keys (key=default: meaning)
{keys}

Example
  workforce retry small
"""


@dataclass
class RetryKeys(TakenKeys):
    """Which study."""


def main(keys: RetryKeys) -> int:
    """Give the command of the study again, with what failed forgotten."""
    from experiments.study.folder import find

    study = find(Path(keys.results), keys.name)
    if not study.forget_failures():
        print("No life failed; nothing to do.")
        return 0
    return ask(study, takeover=keys.takeover)


def ask(study: "Study", **changed: Any) -> int:
    """Ask the question of a study once more, with some of its keys changed; the exit code."""
    keys = from_dict(keys_of(study.verb), {**study.facts()["settings"], **changed})
    check_keys(keys)
    return int(module_of(study.verb).main(keys) or 0)
