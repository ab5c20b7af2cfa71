"""The folder ``configs/`` as Hydra is given it: read by the one reader that all of the model uses.

Hydra chooses files by name and lays what was typed over them. It would also read them, but differently: two
readers of one file are two meanings of it.
"""

import re
from functools import cache
from pathlib import Path

from hydra.core.config_search_path import ConfigSearchPath
from hydra.core.config_store import ConfigStore
from hydra.core.object_type import ObjectType
from hydra.core.plugins import Plugins
from hydra.plugins.config_source import ConfigResult, ConfigSource
from hydra.plugins.search_path_plugin import SearchPathPlugin
from omegaconf import OmegaConf

from experiments.answers.keys import groups, overlays
from experiments.command import scenarios
from experiments.command.verbs import VERBS, keys_of
from sim.checks import parse_yaml, read_text
from sim.policy.files import names_in

PACKAGE = re.compile(r"^# @package (\S+)", re.MULTILINE)


class ConfigsSource(ConfigSource):
    """Files of a folder; a scenario comes whole, with those that it starts from."""

    @staticmethod
    def scheme() -> str:
        """What the path of such a source begins with."""
        return "configs"

    def load_config(self, config_path: str) -> ConfigResult:
        """Read one file; InputError when it cannot be read."""
        group, _, name = config_path.partition("/")
        package: str | None = group
        if group in scenarios.GROUPS:
            content = scenarios.content(group, name, Path(self.path) / scenarios.SCENARIO)
        else:
            path = Path(self.path) / f"{config_path}.yaml"
            text = read_text(path)
            named = PACKAGE.search(text)
            content, package = parse_yaml(text, path), named[1] if named else None
        header = {"package": package}
        return ConfigResult(self.provider, self.full_path(), OmegaConf.create(content), header)

    def available(self) -> bool:
        """Whether the folder is there."""
        return self.is_group("")

    def is_group(self, config_path: str) -> bool:
        """Whether there is a folder of that name, or scenarios stand under it."""
        return config_path in scenarios.GROUPS or (Path(self.path) / config_path).is_dir()

    def is_config(self, config_path: str) -> bool:
        """Whether there is a file of that name; of a scenario its reader says what is wrong."""
        group, _, name = config_path.rpartition("/")
        return config_path.partition("/")[0] in scenarios.GROUPS or name in names_in(Path(self.path) / group)

    def list(self, config_path: str, results_filter: ObjectType | None) -> list[str]:
        """Names of the files and folders in a folder."""
        folder = Path(self.path) / (scenarios.SCENARIO if config_path in scenarios.GROUPS else config_path)
        found: list[str] = []
        if results_filter != ObjectType.GROUP:
            found += names_in(folder)
        if results_filter != ObjectType.CONFIG:
            found += [path.name for path in folder.iterdir() if path.is_dir() and path.name[0] != "."]
        return sorted(found)


class ReadStrictly(SearchPathPlugin):
    """Has Hydra take its files from there."""

    def manipulate_search_path(self, search_path: ConfigSearchPath) -> None:
        """Read by the source above the folder that a command gives to Hydra."""
        for element in search_path.get_path():
            if element.provider == "main" and element.path:
                element.path = f"{ConfigsSource.scheme()}://{element.path}"


@cache
def register() -> None:
    """Make the source, and the keys of every verb, known to Hydra, once in a process."""
    for plugin in (ConfigsSource, ReadStrictly):
        Plugins.instance().register(plugin)
    for verb in VERBS:
        keys = keys_of(verb)
        chosen = [{name: choice} for name, choice in groups(keys).items()]
        defaults = [f"{verb}_keys", *chosen, "quiet", "_self_", *({name: None} for name in overlays(keys))]
        ConfigStore.instance().store(name=f"{verb}_keys", node=keys)
        ConfigStore.instance().store(name=verb, node={"defaults": defaults})
