"""Where each verb of the command line stands, and which keys it has."""

from importlib import import_module
from typing import Any

from experiments.answers.keys import Keys

VERBS = {
    "run": "one life of the country under one scenario",
    "compare": "the main job: scenarios against the targets, and a page to read",
    "calibrate": "fit the uncertain parameters to published history",
    "backtest": "the calibrated model beside figures that it has not seen",
    "sensitivity": "which uncertain number moves which outcome",
    "attribute": "which family of measures brings how much of a difference",
    "adapt": "what a monitoring rule is worth, beside the fixed plan and perfect foresight",
    "optimise": "the cheapest mix of measures that is likely enough to reach the targets",
    "sweep": "a study of many runs, resumable",
    "status": "how far a study is",
    "report": "the page of a sweep or an answer, in English or Chinese, also as PDF",
    "expand": "more seeds or draws for a study",
    "retry": "what failed in a study, once more",
    "verify": "whether a study is as it was written, and can be made again",
    "compact": "many small parts of a study into one",
    "export": "the figures of a sweep for other programs",
    "benchmark": "how fast it is, beside a plain Mesa twin and the limits of the machine",
}
OF_A_STUDY = ("status", "report", "expand", "retry", "verify", "compact", "export")  # take a name as a word


def module_of(verb: str) -> Any:
    """What carries a verb out."""
    return import_module(
        f"experiments.command.{verb}" if verb in OF_A_STUDY else f"experiments.questions.{verb}.question"
    )


def told_by(verb: str) -> Any:
    """What holds the keys of a verb and its help, and imports nothing heavy."""
    if verb in OF_A_STUDY:
        return module_of(verb)
    return import_module(f"experiments.questions.{verb}.keys")


def keys_of(verb: str) -> type[Keys]:
    """The dataclass of a verb's keys, such as ``CompareKeys``."""
    keys: type[Keys] = getattr(told_by(verb), f"{verb.capitalize()}Keys")
    return keys
