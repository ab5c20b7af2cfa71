"""`workforce status`: how far a study is."""

from typing import Any

HELP = """\
workforce status NAME - how far a study is

Told from the files of the study alone: whoever launched it need not be there any more.

Keys (key=default: meaning)
  NAME                  the study; name=NAME is the same
  json=false            true, or --json, for programs
  results=results       folder that results were written to

Example
  workforce status small
"""


def help_text() -> str:
    """Text of ``workforce status --help``."""
    return HELP


def main(settings: dict[str, Any]) -> int:
    """Print numbers of runs, who works, and what is wrong."""
    from experiments.study.folder import Study
    from experiments.study.state import state_of
    from experiments.study.words import state_as_json, state_in_words

    state = state_of(Study(settings["results"], settings["name"]))
    print(state_as_json(state) if settings["json"] else state_in_words(state))
    return 0
