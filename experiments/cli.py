"""`workforce`: answers questions at once, and hands everything else to the verb."""

import errno
import gc
import os
import re
import shlex
import sys
from collections.abc import Iterator, Sequence

from experiments.command.verbs import OF_A_STUDY, VERBS, module_of

HELP = """\
workforce - China's industrial workforce to 2035, simulated life by life

How likely is it, under a given mix of measures, that there will be 2,000 national, 10,000 provincial and
50,000 city craftsmen by the end of 2035? Where does the ladder leak, and who gains?

Usage
  workforce VERB [key=value ...]

Verbs
{verbs}

Begin with
  workforce compare                 compares three scenarios in a few minutes and names the page to read
  workforce VERB --help             explains the keys of a verb

Completion of keys and choices with the Tab key, in this terminal window:
  eval "$(workforce run --shell-completion install=bash)"
"""
# How many names a verb that takes them takes, where not one study
NAMES = {"report": (2, "one result, or two comparisons")}
QUESTIONS = ("-h", "--help", "help")
OBJECTS_BETWEEN_LOOKS = 100_000  # for garbage: what is imported stays, and looking took a sixth of the start
MACHINE_FAULT, BAD_INPUT, INTERRUPTED = 1, 2, 130
UNSAID = {errno.ENOSPC: MACHINE_FAULT, errno.EPIPE: 141}  # the last, as of other tools, when head has enough


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says.

    Parameters
    ----------
    arguments
        Words after ``workforce``; those of the process by default.

    Returns
    -------
    int
        Exit code: 0 done, 1 the machine failed (disk full), 2 bad input, 130 after Ctrl-C, 141 when nobody
        reads on, 143 after SIGTERM.
    """
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS)
    try:
        code = answer(list(sys.argv[1:] if arguments is None else arguments))
        print(end="", flush=True)
    except KeyboardInterrupt:
        print("workforce: interrupted before anything began", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        if error.errno not in UNSAID:
            raise
        if error.errno == errno.ENOSPC:
            print("workforce: there is no room for what is printed", file=sys.stderr, flush=True)
        say_no_more()
        return UNSAID[error.errno]
    return code


def say_no_more() -> None:
    """Have what is still to be printed vanish: Python would try once more at its end, and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(nowhere, number)


def answer(words: list[str]) -> int:
    """Answer a question, or have a verb carried out; the exit code."""
    if words[:1] == ["help"] and words[1:]:
        words = [words[1], "--help"]
    if not words or words[0] in QUESTIONS:
        print(general_help())
        return 0
    verb, overrides = words[0], words[1:]
    if verb == "--version":
        print(version_text())
        return 0
    if verb in ("-sc", "--shell-completion"):
        return complete(words)
    if verb not in VERBS:
        return refuse(f"unknown verb '{verb}'; {nearest_verb(verb)}")
    if any(word in QUESTIONS for word in overrides):
        from experiments.command.help import help_of

        print(help_of(verb))
        return 0
    if verb == "sweep":
        overrides = [in_words_of_a_study(word) for word in overrides]
    if verb in OF_A_STUDY:
        names = [word for word in overrides if is_name(word)]
        most, taken = NAMES.get(verb, (1, "one study"))
        if len(names) > most:
            return refuse(f"workforce {verb} takes {taken}, not {len(names)}: {', '.join(names)}")
        keys = iter(("name", "beside"))
        overrides = [named(word, keys) for word in overrides]
    return carry_out(verb, overrides)


def is_name(word: str) -> bool:
    """Whether a word is neither a key nor an option."""
    return "=" not in word and not word.startswith("-")


def named(word: str, keys: Iterator[str]) -> str:
    """Write a word that is no key as the key that it stands for; ``keys`` gives those of names in turn."""
    if word == "--json":
        return "json=true"
    return f"{next(keys)}={word}" if is_name(word) else word


def in_words_of_a_study(word: str) -> str:
    """Write Hydra's words for a launcher as the keys of a study, which starts Hydra itself."""
    return re.sub(r"^hydra\.launcher\.", "slurm.", re.sub(r"^hydra/launcher=", "launcher=", word))


def carry_out(verb: str, overrides: list[str]) -> int:
    """Run a verb; what the user can mend becomes one line."""
    from experiments.runs.files import IN_THE_WAY, MACHINE_FAULTS
    from experiments.runs.interruption import FailedLivesError, exit_code, signals_end_work
    from experiments.runs.machine import check_environment, files_only
    from sim.errors import InputError

    try:
        check_environment()
        with files_only(), signals_end_work():
            return do(verb, overrides)
    except InputError as error:
        return refuse(str(error))
    except FailedLivesError as error:
        print(f"workforce: {error}", file=sys.stderr)
        return MACHINE_FAULT
    except KeyboardInterrupt as interruption:
        kept = str(interruption) or "finished runs and histories are kept"
        again = shlex.join(["workforce", verb, *overrides])
        print(f"\nworkforce: interrupted; {kept}, go on with: {again}", file=sys.stderr)
        return exit_code(interruption)
    except OSError as error:
        path = error.filename2 or error.filename
        if error.errno in IN_THE_WAY and path:
            return refuse(f"{error.strerror}: {path}; move it away and give the command again")
        if error.errno not in MACHINE_FAULTS:
            raise
        where = f": {path}" if path else ""
        print(f"workforce: {error.strerror}{where}; finished runs are kept", file=sys.stderr)
        return MACHINE_FAULT


def do(verb: str, overrides: list[str]) -> int:
    """Run a verb, through Hydra when there are flags; the exit code."""
    module = module_of(verb)
    of_hydra = [word for word in overrides if word.lstrip("+~").startswith(("-", "hydra.", "hydra/"))]
    if of_hydra and verb in (*OF_A_STUDY, "sweep"):
        from sim.errors import InputError

        raise InputError(
            f"{of_hydra[0]} has no meaning here; workforce {verb} --help shows what can be given"
        )
    if any(word.startswith("-") for word in overrides):
        from experiments.command.multirun import hand_to_hydra

        hand_to_hydra(verb, overrides, module.check, module.main)
        return 0
    from experiments.answers.common_keys import LaunchKeys
    from experiments.command.choices import choose

    keys = choose(verb, overrides)
    if isinstance(keys, LaunchKeys) and keys.launcher == "joblib" and keys.threads != 1:
        from experiments.runs.forking import begin_early

        begin_early()
    return int(module.main(keys) or 0)


def general_help() -> str:
    """Text of ``workforce --help``."""
    return HELP.format(verbs="\n".join(f"  {verb:<11} {text}" for verb, text in VERBS.items()))


def version_text() -> str:
    """Text of ``workforce --version``."""
    from importlib.metadata import version

    return f"workforce2035 {version('workforce2035')}"


def nearest_verb(verb: str) -> str:
    """Name the verb that was probably meant."""
    from difflib import get_close_matches

    close = get_close_matches(verb, VERBS, n=1, cutoff=0.5)
    return f"did you mean '{close[0]}'?" if close else f"choose one of: {', '.join(VERBS)}"


def refuse(message: str) -> int:
    """Say in one line what is wrong."""
    short = re.sub(r"[0-9,]{60,}", lambda digits: f"{digits[0][:20]}...", " ".join(message.split()))
    line = "".join(sign if sign.isprintable() else "?" for sign in short)
    print(f"workforce: {line}", file=sys.stderr)
    return BAD_INPUT


def complete(words: list[str]) -> int:
    """Complete a line that the shell sends: first the verb, then what Hydra knows of it."""
    from experiments.command.multirun import complete_line

    return complete_line(words, list(VERBS))


if __name__ == "__main__":
    sys.exit(main())
