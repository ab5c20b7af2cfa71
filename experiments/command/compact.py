"""`workforce compact`: many small parts of a study into one."""

from typing import Any

HELP = """\
workforce compact NAME - many small parts of a study into one

File systems of clusters dislike thousands of small files. The new part is written whole before the old ones
go, so that nothing is lost whenever it is stopped.

Keys (key=default: meaning)
  NAME                  the study; name=NAME is the same
  takeover=false        true: a machine that worked on the study is gone; goes on at once without it
  results=results       folder that results were written to

Example
  workforce compact small
"""


def help_text() -> str:
    """Text of ``workforce compact --help``."""
    return HELP


def main(settings: dict[str, Any]) -> None:
    """Write one part and remove what it replaces."""
    from experiments.study.compaction import compact
    from experiments.study.folder import Study

    study = Study(settings["results"], settings["name"])
    study.facts()
    before, after = compact(study, takeover=settings["takeover"])
    print(f"{before} parts are {after} now.")
