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
    from experiments.tables.handed_out import write_csv
    from experiments.tables.own_figures import FILE, own_figures, table_of

    facts = study.facts()
    settings = {**facts["settings"], **changed}
    if data := facts.get("data"):  # the files that it came from may hold other figures by now
        write_csv(table_of(own_figures(data)), study.folder / FILE)
        settings["data"] = [str(study.folder / FILE)]
    keys = from_dict(keys_of(study.verb), settings)
    check_keys(keys)
    return int(module_of(study.verb).main(keys) or 0)
