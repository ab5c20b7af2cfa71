"""Hydra's own ways in: many runs at once (-m), its launchers, its questions, and completion by the shell."""

import os
import re
import sys
from collections.abc import Callable
from itertools import product
from math import prod
from typing import Any

import hydra
from hydra.core.override_parser.types import Override, RangeSweep
from hydra.errors import HydraException
from omegaconf import DictConfig
from omegaconf.errors import OmegaConfBaseException

from experiments.answers.keys import as_dict
from experiments.command import configs
from experiments.command.choices import (
    check_key,
    choose,
    hydra_started,
    in_one_line,
    parse,
    plain,
)
from experiments.command.scenarios import CHANGED
from experiments.command.words import in_hydras_words
from experiments.places import CONFIGS
from experiments.runs import machine
from experiments.runs.orphans import FOR_JOBLIB, WITH_JOBLIB, kept_work, processes_of
from sim.errors import InputError

OTHER_CONFIGS = ("config_path", "config_name", "config_dir", "experimental_rerun")  # flags of Hydra
MOST_JOBS = 10_000  # of one command
TOO_MANY = f"these are more than {MOST_JOBS:,} jobs; name fewer values, or use workforce sweep"
Work = Callable[[Any], Any]


def hand_to_hydra(verb: str, words: list[str], check: Work, work: Work) -> None:
    """Let Hydra read the command line of a verb.

    Parameters
    ----------
    verb
        A verb of the command line.
    words
        Hydra's flags and overrides, as typed.
    check
        Raises an InputError for keys that cannot be simulated; called for every job of a sweep before
        the first one starts.
    work
        Does one job.

    Raises
    ------
    InputError
        For an unknown flag, or a job that cannot be done.
    """
    flags = read_flags(words)
    check_launcher(flags.overrides)
    chosen = [] if flags.shell_completion else [choose(verb, job) for job in jobs(verb, flags.overrides)]
    if flags.multirun or flags.run:
        check_jobs(chosen, check)
        machine.compile_once()  # as processes that compile side by side would spoil each other's cache
    configs.register()
    os.environ["HYDRA_FULL_ERROR"] = "1"  # errors come to us, and we say them in one line
    start = hydra.main(config_path=str(CONFIGS), config_name=verb, version_base="1.3")
    before, sys.argv = sys.argv, [sys.argv[0], *flags_first(verb, words, flags.overrides)]
    try:
        with processes_of(words):
            start(Job(work))()
    except (HydraException, OmegaConfBaseException) as error:
        raise InputError(in_one_line(error)) from error
    except ValueError as error:
        if flags.shell_completion and not isinstance(error, InputError):
            raise InputError(str(error)) from error
        raise
    finally:
        sys.argv = before


def check_launcher(overrides: list[str]) -> None:
    """Check what joblib is told: it answers in its own words, and in many lines."""
    for word in overrides:
        told = word.startswith("hydra.launcher.") and WITH_JOBLIB in overrides
        if told and not re.fullmatch(r"hydra\.launcher\.n_jobs=(-1|[1-9]\d{0,3})", word):
            raise InputError(
                f"{word} is not possible; hydra.launcher.n_jobs=4 has four processes at most, -1 one per core"
            )


def check_jobs(chosen: list[Any], check: Work) -> None:
    """Check every job of a sweep, and that no comparison would replace another one."""
    by_key = [as_dict(keys) for keys in chosen]
    names = [job["name"] for job in by_key if "name" in job]
    if len(set(names)) < len(names):
        differing = (key for key, value in by_key[0].items() if value != by_key[-1][key])
        key = next((key for key in differing if key != CHANGED), "seeds")
        inside = {"scenario": "scenario.name", "population": "population.agents"}.get(key, key)
        raise InputError(
            f"several results would be kept as '{names[0]}'; "
            f"let the name tell them apart, for example 'name=with_${{{inside}}}'"
        )
    for job in chosen:
        check(job)


class Job:
    """What Hydra calls for each job; a class of its own so that other processes can receive it."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.__name__ = "workforce"

    def __call__(self, config: DictConfig) -> None:
        """Do one job."""
        with kept_work():
            self.work(plain(config))


def read_flags(words: list[str]) -> Any:
    """Read flags as Hydra does, but refuse them in one line."""
    try:
        from hydra._internal.utils import get_args_parser
    except ImportError:
        raise InputError(
            f"{words[0]}: flags of Hydra are not known to its version {hydra.__version__}; "
            'install the one that is tested: pip install "hydra-core<1.4"'
        ) from None
    parser = get_args_parser()

    def refuse(message: str) -> None:
        raise InputError(f"{message}; workforce VERB --help shows what can be given")

    parser.error = refuse  # type: ignore[method-assign, assignment]
    flags = parser.parse_intermixed_args(words)
    for name in OTHER_CONFIGS:
        if getattr(flags, name):
            refuse(f"--{name.replace('_', '-')} has no meaning here")
    if flags.resolve and not flags.cfg:
        refuse("--resolve goes with --cfg job")
    return flags


def flags_first(verb: str, words: list[str], overrides: list[str]) -> list[str]:
    """Order words as Hydra insists on: ``seed=1 -m draw=1,2`` is as good as ``-m seed=1 draw=1,2``."""
    flags = list(words)
    for override in overrides:
        flags.remove(override)
    if flags[-1:] in (["-i"], ["--info"]):  # else the next word would be taken for what is asked
        flags.append("all")
    more = FOR_JOBLIB if WITH_JOBLIB in overrides else ()
    return [*flags, *in_hydras_words(verb, overrides), *more]


def jobs(verb: str, overrides: list[str]) -> list[list[str]]:
    """Write out the overrides of each job of a sweep, in Hydra's order."""
    with hydra_started():
        choices = []
        for override in parse(in_hydras_words(verb, overrides), overrides):
            check_key(override, verb)
            key = override.get_key_element()
            if not override.is_sweep_override():
                choices.append([override.input_line or ""])
            elif override.is_discrete_sweep():
                check_range(override)
                choices.append([f"{key}={value}" for value in override.sweep_string_iterator()])
            else:
                raise InputError(f"{override.input_line}: name the values, for example {key}=1,2,3")
    if prod(len(values) for values in choices) > MOST_JOBS:
        raise InputError(TOO_MANY)
    return [list(job) for job in product(*choices)]


def check_range(override: Override) -> None:
    """Refuse a range that is too long before Hydra writes it out."""
    span = override.value()
    if isinstance(span, RangeSweep):
        steps = (float(span.stop or 0) - float(span.start or 0)) / (float(span.step) or 1.0)
        if not abs(steps) <= MOST_JOBS:
            raise InputError(TOO_MANY)


def complete_line(words: list[str], verbs: list[str]) -> int:
    """Complete the line that the shell hands over in COMP_LINE: first the verb, then its keys and choices."""
    line = os.environ.get("COMP_LINE", "")
    program, _, rest = line.partition(" ")
    verb, gap, rest = rest.lstrip().partition(" ")
    if "query" in " ".join(words) and not (gap and verb in verbs):
        print(" ".join(name for name in verbs if name.startswith(verb)))
        return 0
    os.environ["COMP_LINE"] = f"{program} {rest}"
    hand_to_hydra(verb if verb in verbs else verbs[0], words, _nothing, _nothing)
    return 0


def _nothing(_: Any) -> None:
    """Completion does no work."""
