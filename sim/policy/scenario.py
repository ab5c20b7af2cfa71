"""A scenario: the measures over time, the intakes of craftsmen, and the assumptions about the future."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sim.categories import FAMILIES
from sim.checks import as_mapping, check_keys, lines_of, number, one_of, text
from sim.errors import InputError
from sim.policy.files import names_in
from sim.policy.intakes import QUOTA_TIERS, Quota, QuotaInYear, read_intakes
from sim.policy.measures import Catalogue
from sim.policy.monitoring import MonitoringRule, read_rule
from sim.policy.path import PATH_KEYS, MeasurePath, read_path
from sim.policy.programme import AS_SHIPPED, Programme, read_programme
from sim.policy.scenario_file import scenario_lines
from sim.targets import Targets

__all__ = [
    "MeasurePath",
    "MonitoringRule",
    "Scenario",
    "load_scenario",
    "load_scenarios",
    "read_scenario",
]

KEYS: Final = (
    "name",
    "title",
    "sentence",
    "families",
    "measures",
    "quota_per_year",
    "quota_in_year",
    "quota_factor",
    "programme",
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
)


@dataclass(frozen=True)
class Scenario:
    """One policy for the years after the fork.

    Quotas are persons a year in the order city, provincial, national, as they are announced, ``quota_factor``
    counted in; ``programme`` says what becomes of them. The growth of labour demand and of nominal wages
    (1/year) are assumptions; None is each draw's own, from the ranges of the parameters of these names.
    ``delivery_factor`` multiplies the delivery fidelity of every measure.
    """

    name: str
    title: str
    sentence: str
    paths: tuple[MeasurePath, ...]
    quota_per_year: Quota
    labour_demand_growth_per_year: float | None = None
    wage_growth_per_year: float | None = None
    quota_in_year: QuotaInYear = ()
    programme: Programme = AS_SHIPPED
    delivery_factor: float = 1.0
    monitoring: MonitoringRule | None = None

    def quota(self, tier: str, year: int) -> int:
        """Persons selected for cultivation in a year, before any response; none in a year without a round."""
        announced = dict(self.quota_in_year).get(year, self.quota_per_year)[QUOTA_TIERS.index(tier)]
        return self.programme.selected(tier, year, announced)

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
            "programme": self.programme.as_dict(),
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
    quota_per_year, quota_in_year = read_intakes(content, where)
    rule = content.get("monitoring")
    return Scenario(
        name=text(content["name"], f"{where}: name"),
        title=text(content["title"], f"{where}: title"),
        sentence=text(content["sentence"], f"{where}: sentence"),
        paths=_paths(content, catalogue, where),
        quota_per_year=quota_per_year,
        labour_demand_growth_per_year=_growth(content, "labour_demand_growth_per_year", where),
        wage_growth_per_year=_growth(content, "wage_growth_per_year", where),
        quota_in_year=quota_in_year,
        programme=read_programme(content.get("programme"), f"{where}: programme"),
        delivery_factor=number(content.get("delivery_factor", 1.0), f"{where}: delivery_factor", 0.0, 1.0),
        monitoring=None if rule is None else read_rule(rule, f"{where}: monitoring"),
    )


def load_scenario(name: str, folder: Path, catalogue: Catalogue) -> Scenario:
    """Read the scenario of a name from its file in a folder; InputError as for :func:`read_scenario`."""
    return read_scenario(scenario_lines(name, Path(folder)), catalogue)


def load_scenarios(folder: Path, catalogue: Catalogue) -> dict[str, Scenario]:
    """Read all scenarios of a folder, by name; InputError as for :func:`read_scenario`."""
    return {name: load_scenario(name, folder, catalogue) for name in names_in(Path(folder))}


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


def _growth(content: Mapping[str, Any], key: str, where: str) -> float | None:
    return None if content.get(key) is None else number(content[key], f"{where}: {key}", -0.3, 0.3)
