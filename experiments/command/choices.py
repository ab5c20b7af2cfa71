"""From words on the command line to checked settings; every slip becomes one line that helps."""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import hydra
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException, MissingConfigException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from experiments.answers.common_keys import LONGEST_SHOWN
from experiments.answers.keys import check_keys, from_dict
from experiments.command import configs, scenarios
from experiments.command.verbs import keys_of
from experiments.command.words import NOT_READABLE, groups_of, in_hydras_words, kind_of
from experiments.places import CONFIGS
from experiments.runs.sources import options
from sim.checks import way_out
from sim.errors import InputError

OF_HYDRA = ("hydra.launcher.", "hydra.sweep.", "hydra.sweeper.")
KINDS = {"Integer": "a whole number", "Float": "a number"}


@contextmanager
def hydra_started() -> Iterator[None]:
    """Hydra reading ``configs/``, whatever was started before."""
    configs.register()
    GlobalHydra.instance().clear()
    with hydra.initialize_config_dir(str(CONFIGS), version_base="1.3"):
        yield


def choose(verb: str, overrides: Sequence[str]) -> Any:
    """Compose the keys of one job.

    Parameters
    ----------
    verb
        A verb of the command line.
    overrides
        Hydra overrides, as typed.

    Returns
    -------
    object
        The keys of the verb, each with a value that it allows.

    Raises
    ------
    InputError
        In one line, for an unknown key or choice, a wrong type or several values for one key.
    """
    with hydra_started():
        words = in_hydras_words(verb, overrides)
        for override, typed in zip(parse(words, overrides), overrides, strict=True):
            check_single(override, verb, typed)
        return plain(compose(verb, words))


def parse(words: Sequence[str], typed: Sequence[str]) -> list[Override]:
    """Read each override by itself, so that the message can name it as it was typed."""
    parser, parsed = OverridesParser.create(), []
    for word, text in zip(words, typed, strict=True):
        try:
            parsed += parser.parse_overrides([word])
        except NOT_READABLE as error:
            raise InputError(f"'{text[:LONGEST_SHOWN]}' is not understood; {_how_to_write(text)}") from error
    return parsed


def _how_to_write(text: str) -> str:
    """How a word that Hydra cannot read should be written."""
    key, _, value = text.partition("=")
    if not key.isascii() or ("{" in value and not value.isascii()):
        return (
            "what stands before = or : has Latin letters and digits only, for example "
            "scenario.families.skills.level_by_province.440000=0.5"
        )
    return (
        "write key=value without spaces, for example seed=2, "
        "and put quotes around brackets: 'scenarios=[frozen,reform]'"
    )


def check_key(override: Override, verb: str) -> None:
    """Check that the key exists and that a group is given one name."""
    key = override.key_or_group
    if override.is_delete():
        raise InputError(f"{override.input_line}: no key can be left out; give it another value instead")
    if key in groups_of(verb):
        check_choice_of(key, override)
    elif key.startswith("hydra/"):
        if not isinstance(override.value(), str):
            raise InputError(f"{key} takes one name, for example hydra/launcher=joblib")
    elif key.startswith("hydra."):
        if not key.startswith(OF_HYDRA) or "_target_" in key:
            raise InputError(f"{key} is none of Hydra's keys that can be given: {', '.join(OF_HYDRA)}")
    else:
        check_path(key.split("."), keys_of(verb), "")
        if str(kind_of(verb, key)).startswith("dict") and not isinstance(override.value(), dict):
            raise InputError(f"{key} takes values by name: {key}.NAME=VALUE")
    if override.is_add():
        raise InputError(f"{override.input_line}: write it without +")


def check_choice_of(group: str, override: Override) -> None:
    """Check that there is such a choice."""
    if group in scenarios.GROUPS:
        scenarios.check_chosen(group, override)
        return
    name, known = override.value(), options(group)
    if not override.is_sweep_override() and not isinstance(name, str):
        raise InputError(f"{group} takes one name: {group}={known[0]}; choose one of: {', '.join(known)}")
    if isinstance(name, str) and name not in known:
        raise InputError(f"unknown {group} '{name}': {way_out(name, known)}")


def check_path(parts: list[str], types: type, above: str) -> None:
    """Walk down the types along a dotted key."""
    known = {one.name: one.type for one in dataclasses.fields(types) if one.name != scenarios.CHANGED}
    first, rest = parts[0], parts[1:]
    if first not in known:
        names = [f"{above}{name}" for name in known]
        raise InputError(f"unknown key '{above}{first}': {way_out(above + first, names)}")
    kind = known[first]
    if dataclasses.is_dataclass(kind):
        if rest:
            check_path(rest, kind, f"{above}{first}.")  # type: ignore[arg-type]
    elif rest and not str(kind).startswith("dict"):
        raise InputError(f"{above}{first} has no keys of its own; {_instead_of(above + first, kind)}")


def _instead_of(key: str, kind: Any) -> str:
    """What to write instead of a key below one that has a single value."""
    several = str(kind).startswith("list")
    return f"'{key}=[one,two]' gives all of it" if several else f"write {key}=VALUE"


def check_single(override: Override, verb: str, typed: str) -> None:
    """Check the key, and that it has one value only."""
    check_key(override, verb)
    if override.is_sweep_override():
        key, _, value = typed.lstrip("+~").partition("=")
        if str(kind_of(verb, key)).startswith("list"):
            raise InputError(f"{key} is a list, in brackets and quotes: '{key}=[{value}]'")
        raise InputError(f"several values for {key} need -m: workforce {verb} -m {key}={value}")


def compose(verb: str, words: Sequence[str]) -> DictConfig:
    """Let Hydra compose, and say its errors in one line."""
    try:
        return hydra.compose(verb, overrides=list(words))
    except InputError:
        raise
    except MissingConfigException as error:
        raise InputError(unknown_choice(error)) from error
    except (OmegaConfBaseException, HydraException, RecursionError) as error:
        raise InputError(in_one_line(error)) from error
    except OverflowError as error:  # hundreds of digits, so that no other word is as long
        key = max(words, key=len).partition("=")[0].lstrip("+")
        raise InputError(f"{key} is too large a number") from error
    except (TypeError, ValueError) as error:  # a name below a list
        raise InputError(
            "a list takes all of its values at once, in brackets and quotes, for example "
            "'bounds.skills=[0.2,1]': no name can stand below it"
        ) from error


def unknown_choice(error: MissingConfigException) -> str:
    """Say which choice of a group does not exist, and the nearest that does."""
    group, _, choice = str(error.missing_cfg_file or "").rpartition("/")
    known = error.options or options(group)
    return f"unknown {group} '{choice}': {way_out(choice, known)}"


def in_one_line(error: Exception) -> str:
    """Say a wrong value in a planner's words."""
    below = error.__cause__ or error.__context__
    cause = (
        below if isinstance(below, OmegaConfBaseException) and isinstance(error, HydraException) else error
    )
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


def plain(config: DictConfig) -> Any:
    """Turn a composed configuration into checked keys; InputError for a reference that leads nowhere."""
    try:
        values: Any = OmegaConf.to_container(config, resolve=True, throw_on_missing=True)
    except (OmegaConfBaseException, *NOT_READABLE) as error:
        raise InputError(in_one_line(error)) from error
    values |= scenarios.composed(values)
    kind: Any = OmegaConf.get_type(config)
    keys = from_dict(kind, values)
    check_keys(keys)
    return keys
