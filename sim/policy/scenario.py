"""A scenario: the measures over time, the intakes of craftsmen, and the assumptions about the future."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sim.categories import FAMILIES, TIERS
from sim.checks import (
    as_mapping,
    check_keys,
    lines_of,
    number,
    one_of,
    read_yaml,
    text,
    way_out,
    whole,
)
from sim.errors import InputError
from sim.policy.files import names_in
from sim.policy.measures import Catalogue
from sim.policy.monitoring import MonitoringRule, read_rule
from sim.policy.path import PATH_KEYS, MeasurePath, read_path
from sim.targets import Targets

__all__ = [
    "MeasurePath",
    "MonitoringRule",
    "Scenario",
    "load_scenario",
    "load_scenarios",
    "read_scenario",
    "scenario_lines",
]

QUOTA_TIERS: Final = TIERS[1:]
YEARS: Final = tuple(str(year) for year in range(2025, 2036))
MOST_PLACES: Final = 10_000_000  # a year: answers of monitoring multiply, and places must stay countable
KEYS: Final = (
    "name",
    "title",
    "sentence",
    "families",
    "measures",
    "quota_per_year",
    "quota_in_year",
    "labour_demand_growth_per_year",
    "wage_growth_per_year",
    "delivery_factor",
    "monitoring",
)
REQUIRED: Final = (
    "name",
    "title",
    "sentence",
    "quota_per_year",
    "labour_demand_growth_per_year",
    "wage_growth_per_year",
)

Quota = tuple[int, int, int]


@dataclass(frozen=True)
class Scenario:
    """One policy for 2025 to 2035.

    Quotas are persons a year in the order city, provincial, national. The growth of labour demand and of
    nominal wages (1/year) are assumptions, equal in the shipped scenarios. ``delivery_factor`` multiplies
    the delivery fidelity of every measure.
    """

    name: str
    title: str
    sentence: str
    paths: tuple[MeasurePath, ...]
    quota_per_year: Quota
    labour_demand_growth_per_year: float
    wage_growth_per_year: float
    quota_in_year: tuple[tuple[int, Quota], ...] = ()
    delivery_factor: float = 1.0
    monitoring: MonitoringRule | None = None

    def quota(self, tier: str, year: int) -> int:
        """Persons selected for cultivation in a year, before any response to monitoring."""
        return dict(self.quota_in_year).get(year, self.quota_per_year)[QUOTA_TIERS.index(tier)]

    def watching(self, targets: Targets) -> "Scenario":
        """The scenario with its monitoring rule, if it has one, watching these targets."""
        rule = self.monitoring and replace(self.monitoring, targets=targets)
        return replace(self, monitoring=rule)

    def as_dict(self, catalogue: Catalogue | None = None) -> dict[str, Any]:
        """The scenario as plain lists, texts and numbers; a catalogue adds family and title of measures."""
        measures = [path.as_dict() for path in self.paths]
        if catalogue is not None:
            for row in measures:
                row.update(family=catalogue[row["measure"]].family, title=catalogue[row["measure"]].title)
        return {
            "name": self.name,
            "title": self.title,
            "sentence": self.sentence,
            "measures": measures,
            "quota_per_year": dict(zip(QUOTA_TIERS, self.quota_per_year, strict=True)),
            "quota_in_year": {
                str(year): dict(zip(QUOTA_TIERS, quota, strict=True)) for year, quota in self.quota_in_year
            },
            "labour_demand_growth_per_year": self.labour_demand_growth_per_year,
            "wage_growth_per_year": self.wage_growth_per_year,
            "delivery_factor": self.delivery_factor,
            "monitoring": self.monitoring and self.monitoring.as_dict(),
        }


def read_scenario(mapping: Mapping[str, Any], catalogue: Catalogue) -> Scenario:
    """Read a scenario from its lines.

    ``families`` gives the path of all measures of a family, ``measures`` of single ones; what a measure
    says itself goes before what its family says.

    Raises
    ------
    InputError
        One line naming the key and the way out.
    """
    content = as_mapping(mapping, "the scenario")
    where = f"scenario '{content.get('name', '?')}'"
    check_keys(content, KEYS, (), where)
    for key in REQUIRED:
        if content.get(key) is None:
            raise InputError(
                f"{where} has no '{key}': add it, or begin the file with 'defaults: [frozen, _self_]'"
            )
    quota = _quota(content["quota_per_year"], None, f"{where}: quota_per_year")
    rule = content.get("monitoring")
    return Scenario(
        name=text(content["name"], f"{where}: name"),
        title=text(content["title"], f"{where}: title"),
        sentence=text(content["sentence"], f"{where}: sentence"),
        paths=_paths(content, catalogue, where),
        quota_per_year=quota,
        labour_demand_growth_per_year=_growth(content, "labour_demand_growth_per_year", where),
        wage_growth_per_year=_growth(content, "wage_growth_per_year", where),
        quota_in_year=_quota_in_year(content.get("quota_in_year"), quota, f"{where}: quota_in_year"),
        delivery_factor=number(content.get("delivery_factor", 1.0), f"{where}: delivery_factor", 0.0, 1.0),
        monitoring=None if rule is None else read_rule(rule, f"{where}: monitoring"),
    )


def load_scenario(name: str, folder: Path, catalogue: Catalogue) -> Scenario:
    """Read the scenario of a name from its file in a folder; InputError as for :func:`read_scenario`."""
    return read_scenario(scenario_lines(name, Path(folder)), catalogue)


def load_scenarios(folder: Path, catalogue: Catalogue) -> dict[str, Scenario]:
    """Read all scenarios of a folder, by name; InputError as for :func:`read_scenario`."""
    return {name: load_scenario(name, folder, catalogue) for name in names_in(Path(folder))}


def scenario_lines(name: str, folder: Path, callers: tuple[str, ...] = ()) -> dict[str, Any]:
    """Lines of a scenario: those of its file, and of the files that its ``defaults`` name.

    They are laid over each other in the order of ``defaults``; the file itself is ``_self_`` there, and
    stands last when that is not named.

    Parameters
    ----------
    name
        Name of the scenario, which is that of its file.
    folder
        Folder of the files.
    callers
        Scenarios that this one is read for.

    Raises
    ------
    InputError
        In one line, for a file that cannot be read, and for ``defaults`` that lead nowhere.
    """
    known = names_in(folder)
    if name not in known:
        raise InputError(f"unknown scenario '{name}': {way_out(name, known)}")
    if name in callers:
        raise InputError(f"scenario '{name}' names itself in its defaults: {' -> '.join((*callers, name))}")
    path = folder / f"{name}.yaml"
    content = _plain(read_yaml(path), str(path))
    if _as_name(content.get("name")) != name:
        raise InputError(f"{path} must say 'name: \"{name}\"', not {content.get('name')!r}")
    merged: dict[str, Any] = {}
    for base in _defaults(content.pop("defaults", []), path):
        below = content if base == "_self_" else scenario_lines(base, folder, (*callers, name))
        merged = _overlaid(merged, below)
    return {**merged, "name": name}


def _defaults(content: object, path: Path) -> list[str]:
    """Names of the scenarios that a file starts from, in order, and of the file itself."""
    if not isinstance(content, list):
        raise InputError(f"{path}: defaults is {content!r}: write a list such as [frozen, _self_]")
    for base in content:
        if _as_name(base) is None:
            raise InputError(
                f"{path}: defaults names {base!r}: write names, in quotes if they look like numbers"
            )
    names = [str(base) for base in content]
    if names.count("_self_") > 1:
        raise InputError(f"{path}: defaults names _self_ twice: write [frozen, _self_]")
    return names if "_self_" in names else [*names, "_self_"]


def _as_name(content: object) -> str | None:
    """A name as it is written, without quotes too; None for a value that reads differently."""
    if isinstance(content, str):
        return content
    return str(content) if isinstance(content, int) and not isinstance(content, bool) else None


def _plain(content: object, where: str) -> Any:
    """The content of a file with texts for names, so that 2028 and "2028" are one, and no references."""
    if isinstance(content, Mapping):
        lines: dict[str, Any] = {}
        for key, value in content.items():
            if str(key) in lines:
                raise InputError(f"{where} names {key} twice; each may stand once")
            lines[str(key)] = _plain(value, f"{where}: {key}")
        return lines
    if isinstance(content, list):
        return [_plain(value, where) for value in content]
    if isinstance(content, str) and ("${" in content or content == "???"):
        raise InputError(f"{where} is {content!r}: write the value itself, without ${{...}} or ???")
    return content


def _overlaid(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Merge nested mappings; what stands above wins."""
    both = {
        key: _overlaid(below[key], value)
        if isinstance(value, Mapping) and isinstance(below.get(key), Mapping)
        else value
        for key, value in above.items()
    }
    return {**below, **both}


def _paths(content: Mapping[str, Any], catalogue: Catalogue, where: str) -> tuple[MeasurePath, ...]:
    """Read the paths of all measures that are named, or whose family is."""
    families = lines_of(content.get("families"), f"{where}: families")
    measures = lines_of(content.get("measures"), f"{where}: measures")
    for name in measures:
        one_of(name, catalogue.names, f"{where}: measures")
    for family, row in families.items():
        one_of(family, FAMILIES, f"{where}: families")
        check_keys(
            as_mapping(row, f"{where}: families.{family}"), PATH_KEYS, (), f"{where}: families.{family}"
        )
    paths = []
    for measure in catalogue:
        if measure.name in measures or measure.family in families:
            own = lines_of(measures.get(measure.name), f"{where}: measures.{measure.name}")
            place = f"measures.{measure.name}" if own else f"families.{measure.family}"
            row = {**families.get(measure.family, {}), **own}
            paths.append(read_path(measure.name, row, f"{where}: {place}"))
    return tuple(paths)


def _growth(content: Mapping[str, Any], key: str, where: str) -> float:
    return number(content[key], f"{where}: {key}", -0.3, 0.3)


def _quota(content: object, default: Quota | None, where: str) -> Quota:
    """Read persons a year by tier; without a default every tier is required."""
    row = as_mapping(content, where)
    check_keys(row, QUOTA_TIERS, () if default else QUOTA_TIERS, where)
    base = dict(zip(QUOTA_TIERS, default or (0, 0, 0), strict=True))
    city, provincial, national = (
        whole(row.get(tier, base[tier]), f"{where}.{tier}", high=MOST_PLACES) for tier in QUOTA_TIERS
    )
    return city, provincial, national


def _quota_in_year(content: object, default: Quota, where: str) -> tuple[tuple[int, Quota], ...]:
    """Read the quotas of single years."""
    if content is None:
        return ()
    if not isinstance(content, Mapping):
        raise InputError(f"{where} is {content!r}: write lines such as '2028: {{national: 250}}'")
    quotas = {}
    for year, row in content.items():
        if str(year) not in YEARS:
            raise InputError(f"{where} has the year '{year}': write a year from 2025 to 2035")
        if int(year) in quotas:
            raise InputError(f"{where} names {year} twice; each may stand once")
        quotas[int(year)] = _quota(row, default, f"{where}.{year}")
    return tuple(sorted(quotas.items()))
