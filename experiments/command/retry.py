"""`workforce retry`: what failed in a study, once more."""

from typing import Any

HELP = """\
workforce retry NAME - what failed in a study, once more

Keys (key=default: meaning)
  NAME                  the study; name=NAME is the same
  takeover=false        true: a machine that worked on the study is gone; goes on at once without it
  results=results       folder that results were written to

Example
  workforce retry small
"""


def help_text() -> str:
    """Text of ``workforce retry --help``."""
    return HELP


def main(settings: dict[str, Any]) -> int:
    """Live the failed runs again."""
    from experiments.questions.sweep.question import told
    from experiments.study.folder import Study
    from experiments.study.launch import launch
    from experiments.study.state import failed_runs

    study = Study(settings["results"], settings["name"])
    chosen = study.facts()["chosen"]
    study.check_version()
    failed, plan = failed_runs(study), study.plan()
    if not failed:
        print("No run failed; nothing to do.")
        return 0
    launch(study, {**chosen, "takeover": settings["takeover"]}, plan[plan["run_id"].isin(list(failed))])
    return told(study)
