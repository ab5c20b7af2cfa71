"""From words on the command line to checked settings; every slip becomes one line that helps."""

import dataclasses
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hydra
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException, MissingConfigException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from experiments import settings
from sim.errors import InputError
from sim.policy.checks import way_out

CONFIGS = Path(__file__).resolve().parent.parent / "configs"
GROUPS: dict[str, tuple[str, ...]] = {
    "run": ("scenario", "population", "targets"),
    "compare": ("population", "targets"),
    "calibrate": (),
    "backtest": ("scenario",),
    "sensitivity": ("scenario", "targets"),
    "attribute": ("scenario", "targets"),
    "adapt": ("scenario", "targets"),
    "optimise": ("scenario", "targets"),
    "benchmark": (),
    "sweep": ("population", "experiment"),
    "status": (),
    "expand": (),
    "retry": (),
    "compact": (),
    "export": (),
    "report": ("targets",),
    "verify": (),
}
LISTS = ("scenarios", "sizes", "levels", "places")
# Keys that may name what the file does not
OPEN_KEYS = (
    "scenario.", "parameters.", "parameters=", "grid.", "grid=", "slurm.", "floors.", "bounds.", "fix.",
)  # fmt: skip
FILE_KEYS = ("observed", "flows", "commitments")
PATH_KEYS = ("results", *FILE_KEYS)
TEXT_KEYS = (*PATH_KEYS, "name", "until")
NOT_READABLE = (HydraException, ValueError, RecursionError)  # overrides; thousands of digits or brackets too
OF_HYDRA = ("hydra.launcher.", "hydra.sweep.", "hydra.sweeper.")
LONGEST_SHOWN = 100  # letters of a word that is refused
KINDS = {"Integer": "a whole number", "Float": "a number"}


@contextmanager
def hydra_started() -> Iterator[None]:
    """Hydra reading ``configs/``, whatever was started before."""
    settings.register()
    GlobalHydra.instance().clear()
    with hydra.initialize_config_dir(str(CONFIGS), version_base="1.3"):
        yield


def in_hydras_words(overrides: Sequence[str]) -> list[str]:
    """Write overrides as Hydra wants them.

    Differences may add names that a scenario's file leaves out (``++key=value``), and a text with signs that
    Hydra does not expect stands in quotes.
    """
    return [_in_hydras_words(text) for text in overrides]


def _in_hydras_words(text: str) -> str:
    key, equals, value = text.partition("=")
    if key == "+experiment":  # as Hydra's own experiments are chosen
        return f"experiment={value}"
    if key == "parameters" and not value.startswith("{"):
        raise InputError(f"'{text}' is not understood; write parameters.quit_per_year=0.2 for each parameter")
    if text.startswith(OPEN_KEYS):
        return f"++{text}"
    if key in PATH_KEYS and value.startswith("~"):
        value = _from_home(value)
    if key == "name" and re.fullmatch(r"[\w-]+", value):  # 1e5 is a name too, not a number
        value = quoted(value)
    if key in TEXT_KEYS and equals and not _readable(f"{key}={value}"):
        value = quoted(value)
    return f"{key}{equals}{value}"


def _from_home(path: str) -> str:
    try:
        return str(Path(path).expanduser())
    except RuntimeError:
        raise InputError(f"{path}: there is no such home folder; write the whole path") from None


def quoted(value: str) -> str:
    """Write a text so that Hydra takes it as it stands."""
    return "'" + value.replace("'", "\\'") + "'"


def _readable(text: str) -> bool:
    """Whether Hydra understands an override."""
    try:
        OverridesParser.create().parse_overrides([text])
    except NOT_READABLE:
        return False
    return True


def choose(verb: str, overrides: Sequence[str]) -> dict[str, Any]:
    """Compose the settings of one job.

    Parameters
    ----------
    verb
        A verb of the command line.
    overrides
        Hydra overrides, as typed.

    Returns
    -------
    dict
        Plain values by key.

    Raises
    ------
    InputError
        In one line, for an unknown key or choice, a wrong type or several values for one key.
    """
    with hydra_started():
        words = in_hydras_words(overrides)
        for override in parse(words):
            check_single(override, verb)
        return plain(compose(verb, words))


def parse(overrides: Sequence[str]) -> list[Override]:
    """Read each override by itself, so that the message can name it."""
    parser, parsed = OverridesParser.create(), []
    for text in overrides:
        try:
            parsed += parser.parse_overrides([text])
        except NOT_READABLE as error:
            typed = text.removeprefix("++")[:LONGEST_SHOWN]
            raise InputError(
                f"'{typed}' is not understood; write key=value without spaces, "
                "for example seed=2, and put quotes around brackets: 'scenarios=[frozen,reform]'"
            ) from error
    return parsed


def check_key(override: Override, verb: str) -> None:
    """Check that the key exists and that a group is given one name."""
    key = override.key_or_group
    if override.is_delete():
        raise InputError(f"{override.input_line}: no key can be left out; give it another value instead")
    if key in GROUPS[verb]:
        name, known = override.value(), options(key)
        if not override.is_sweep_override() and not isinstance(name, str):
            raise InputError(f"{key} takes one name: {key}={known[0]}; choose one of: {', '.join(known)}")
        if isinstance(name, str) and name not in known:
            raise InputError(f"unknown {key} '{name}': {way_out(name, known)}")
    elif key.startswith("hydra/"):
        if not isinstance(override.value(), str):
            raise InputError(f"{key} takes one name, for example hydra/launcher=joblib")
    elif key.startswith("hydra."):
        if not key.startswith(OF_HYDRA) or "_target_" in key:
            raise InputError(f"{key} is none of Hydra's keys that can be given: {', '.join(OF_HYDRA)}")
    else:
        check_path(key.split("."), settings.TYPES[verb], "")
    if override.is_add():
        raise InputError(f"{override.input_line}: write it without +")


def check_path(parts: list[str], types: type, above: str) -> None:
    """Walk down the types along a dotted key."""
    known = {field.name: field.type for field in dataclasses.fields(types)}
    first, rest = parts[0], parts[1:]
    if first not in known:
        names = [f"{above}{name}" for name in known]
        raise InputError(f"unknown key '{above}{first}': {way_out(above + first, names)}")
    if rest and dataclasses.is_dataclass(known[first]):
        check_path(rest, known[first], f"{above}{first}.")  # type: ignore[arg-type]


def check_single(override: Override, verb: str) -> None:
    """Check the key, and that it has one value only."""
    check_key(override, verb)
    if override.is_sweep_override():
        key, _, value = (override.input_line or "").lstrip("+~").partition("=")
        if key in LISTS:
            raise InputError(f"{key} is a list, in brackets and quotes: '{key}=[{value}]'")
        raise InputError(f"several values for {key} need -m: workforce {verb} -m {key}={value}")


def compose(verb: str, words: Sequence[str]) -> DictConfig:
    """Let Hydra compose, and say its errors in one line."""
    try:
        return hydra.compose(verb, overrides=list(words))
    except MissingConfigException as error:
        raise InputError(unknown_choice(error)) from error
    except (OmegaConfBaseException, *NOT_READABLE) as error:
        raise InputError(in_one_line(error)) from error


def unknown_choice(error: MissingConfigException) -> str:
    """Say which choice of a group does not exist, and the nearest that does."""
    group, _, choice = str(error.missing_cfg_file or "").rpartition("/")
    known = error.options or options(group)
    return f"unknown {group} '{choice}': {way_out(choice, known)}"


def options(group: str) -> list[str]:
    """Return the names of the files of a group."""
    return sorted(path.stem for path in (CONFIGS / group).glob("*.yaml"))


def in_one_line(error: Exception) -> str:
    """Say a wrong value in a planner's words."""
    cause = error.__cause__ if isinstance(error.__cause__, OmegaConfBaseException) else error
    first = str(cause).partition("\n")[0]
    key = getattr(cause, "full_key", "") or ""
    wrong = re.match(r"Value '(.*)' of type '\w+' could not be converted to (\w+)", first)
    if wrong:
        return f"{key}={wrong[1]} is not {KINDS.get(wrong[2], wrong[2])}"
    if "not a valid bool" in first:
        return f"{key} takes yes or no: {key}=true or {key}=false"
    if "not Optional" in first or "Invalid type assigned: NoneType" in first:
        return f"{key}=null is not possible; give {key} a value"
    if "Invalid type assigned" in first:
        return f"{key} has keys of its own; give them one by one, as {key}.KEY=VALUE"
    if "ListConfig" in first:
        return f"{key} is a list, in brackets and quotes: '{key}=[one,two]'"
    if "to string" in first:
        return f"{key} takes one value, without brackets"
    if "to Dict" in first:
        return f"{key} takes values by name: {key}.NAME=VALUE"
    return f"{key}: {first}" if key else first


def plain(config: DictConfig) -> dict[str, Any]:
    """Turn a composed configuration into plain values; InputError for a reference that leads nowhere."""
    try:
        values = OmegaConf.to_container(config, resolve=True, throw_on_missing=True)
    except (OmegaConfBaseException, *NOT_READABLE) as error:
        raise InputError(in_one_line(error)) from error
    assert isinstance(values, dict)
    check_results(str(values.get("results", "results")))
    for key in FILE_KEYS:
        if str(values.get(key)).strip() == "":
            raise InputError(f"{key} is empty; name a CSV file, or null")
    return {str(key): value for key, value in values.items()}


def check_results(results: str) -> None:
    """Check that the results folder has a name that a folder can have."""
    if not results.strip():
        raise InputError("results is empty; name a folder, for example results=results")
    try:
        results.encode()
        os.stat(results)  # noqa: PTH116 - pathlib hides what is wrong with a name
    except (FileNotFoundError, PermissionError):
        return  # made, or refused, when something is written
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it has signs that no name can have"
        raise InputError(
            f"results={results[:LONGEST_SHOWN]!r} cannot be a folder ({reason}); for example results=results"
        ) from None
