"""`workforce verify`: whether a study is as it was written, and whether it can be made again."""

from dataclasses import dataclass
from pathlib import Path

from experiments.answers.common_keys import ThreadKeys
from experiments.answers.keys import key
from experiments.command.study_keys import StudyKeys

HELP = """\
workforce verify NAME - whether a study is as it was written, and whether it can be made again

Looks at every byte of every finished life and at digests, then lives a random hundredth of the lives again
and compares them to the bit. What is damaged is put aside, into results/damaged/: the command of the study
lives it again.

Keys (key=default: meaning)
{keys}

Example
  workforce verify small share=0.1
"""


@dataclass
class VerifyKeys(StudyKeys, ThreadKeys):
    """Which study, and how much of it is lived again."""

    share: float = key(
        0.01, "part of the lives that are lived again, at least one; 0 lives none", low=0.0, high=1.0
    )
    seed: int | None = key(None, "which ones; null takes others each time", low=0)


def main(keys: VerifyKeys) -> int:
    """Check and repeat; 1 when anything differs."""
    from experiments.study.folder import find
    from experiments.study.proof import repeated, unsound, without_data

    study = find(Path(keys.results), keys.name)
    faults = unsound(study)
    for folder, fault in faults:
        print(f"{folder}: {fault}; put aside to {study.store.put_aside(folder)}")
    missing = without_data(study)
    lived, different = repeated(study, keys.share, keys.seed, keys.threads)
    for run_id in different:
        print(f"life {run_id} gives another result when it is lived again")
    print(f"{len(faults)} damaged parts, {lived} lives lived again, {len(different)} of them differ, "
          f"{missing} lives not finished.")  # fmt: skip
    if faults:
        print("The command of the study lives again what was damaged.")
    return 1 if faults or different else 0
