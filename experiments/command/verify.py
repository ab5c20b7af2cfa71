"""`workforce verify`: whether a study is as it was written, and whether it can be made again."""

from typing import Any

HELP = """\
workforce verify NAME - whether a study is as it was written, and whether it can be made again

Looks at every byte of every finished run, at numbers of rows and at digests, then lives a random hundredth of
the runs again and compares them to the bit. What is damaged is put aside, into the folder damaged/ of the
study: the command of the study lives it again.

Keys (key=default: meaning)
  NAME                  the study; name=NAME is the same
  share=0.01            part of the runs that are lived again, at least one; 0 lives none
  seed=null             which ones; null takes others each time
  results=results       folder that results were written to
  threads=null          processor cores to use; null takes all

Example
  workforce verify small share=0.1
"""


def help_text() -> str:
    """Text of ``workforce verify --help``."""
    return HELP


def main(settings: dict[str, Any]) -> int:
    """Check and repeat; 1 when anything differs."""
    from experiments.answers.checks import check_threads, check_whole
    from experiments.study.folder import Study
    from experiments.study.proof import put_aside, repeated, unsound, without_data
    from sim.errors import InputError

    if not 0.0 <= settings["share"] <= 1.0:
        raise InputError(f"share={settings['share']:g} must be from 0 to 1")
    check_whole(settings, "seed", low=0)
    check_threads(settings["threads"])
    study = Study(settings["results"], settings["name"])
    study.facts()
    faults = unsound(study)
    for folder, fault in faults:
        print(f"{folder}: {fault}; put aside to {put_aside(study, folder)}")
    missing = without_data(study)
    lived, different = repeated(study, settings["share"], settings["seed"], settings["threads"])
    for run_id in different:
        print(f"run {run_id} gives another result when it is lived again")
    print(f"{len(faults)} damaged parts, {lived} runs lived again, {len(different)} of them differ, "
          f"{missing} runs not finished.")  # fmt: skip
    if faults:
        print("The command of the study lives again what was damaged.")
    return 1 if faults or different else 0
