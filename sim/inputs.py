"""Everything the model is told about rates, laws and measures, read once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from sim.checks import as_mapping, way_out
from sim.constants import FILE as CONSTANTS
from sim.constants import register as constants
from sim.data.figures import ALL, Figures, figures_with
from sim.errors import InputError
from sim.law import Law
from sim.outcomes.published import LAW_LINKS
from sim.parameters import LISTED_IN, Overrides, Parameter, Register
from sim.policy.cost import PLACE_COSTS
from sim.policy.measures import Catalogue, Measure
from sim.posterior import Posterior
from sim.rates import Rates

PRIOR: Final = "prior"
REGISTERS: Final = ("rates", "law", "observation", "places")
NUMBERS: Final = ("value", "unit", "low", "high", "evidence", "source")


def posterior_file(configs_folder: Path, knowledge: str) -> Path:
    """Table of calibrated quantiles of that name, or of that folder where it is a path."""
    folder = Path(knowledge) if "/" in knowledge else Path(configs_folder) / "calibration" / knowledge
    return folder / "posterior.csv"


@dataclass(frozen=True)
class Inputs:
    """The named rates, the law of motion, the links to what is published, costs of places, and the measures.

    The registers hold the overrides already. ``figures`` drive a life.
    """

    rates: Register
    law: Register
    observation: Register
    places: Register
    catalogue: Catalogue
    overrides: Mapping[str, float | Sequence[float]]
    figures: Figures

    @classmethod
    def read(
        cls, configs_folder: Path, overrides: Overrides | None = None, knowledge: str = PRIOR
    ) -> "Inputs":
        """Read ``rates``, ``law``, ``observation``, ``places`` and ``measures.yaml`` of a folder.

        Parameters
        ----------
        configs_folder
            The folder ``configs``.
        overrides
            Chosen values of parameters by name; they hold in every draw.
        knowledge
            Where draws come from: ``prior`` is the ranges alone, another name a folder of
            ``calibration``, where published history informs them.

        Raises
        ------
        InputError
            For a file that breaks its schema or an unknown name, with the nearest one.
        """
        folder = Path(configs_folder) / "parameters"
        registers = {name: Register.read(folder / f"{name}.yaml") for name in REGISTERS}
        registers["rates"].require(Rates._fields, "rates.yaml")
        registers["law"].require(Law._fields, "law.yaml")
        registers["places"].require(PLACE_COSTS, "places.yaml")
        chosen = as_mapping(overrides or {}, "parameters")
        known = {parameter.name for register in registers.values() for parameter in register}
        for name in chosen:
            if name in constants():
                raise InputError(f"'{name}' is part of the model's structure; change it in {CONSTANTS.name}")
            if name not in known:
                raise InputError(f"unknown parameter '{name}': {way_out(name, known, LISTED_IN)}")
        inputs = cls(
            **{
                kind: register.with_overrides({name: chosen[name] for name in chosen if name in register})
                for kind, register in registers.items()
            },
            catalogue=Catalogue.read(folder / "measures.yaml"),
            overrides=chosen,
            figures=ALL,
        )
        if knowledge == PRIOR:
            return inputs
        return inputs.with_posterior(Posterior.read(posterior_file(configs_folder, knowledge), known))

    def chosen(self) -> list[Parameter]:
        """The parameters that the user fixed, in the order given; each holds its shipped row."""
        registers = (self.rates, self.law, self.observation, self.places)
        return [register[name] for name in self.overrides for register in registers if name in register]

    def uncertain(self) -> list[Parameter]:
        """All parameters that are drawn: rates, law and links."""
        registers = (self.rates, self.law, self.observation)
        return [one for register in registers for one in register if one.distribution != "fixed"]

    def with_posterior(self, posterior: Posterior) -> "Inputs":
        """The same with what calibration knows of the parameters."""
        return replace(
            self,
            rates=replace(self.rates, posterior=posterior),
            law=replace(self.law, posterior=posterior),
            observation=replace(self.observation, posterior=posterior),
            catalogue=replace(self.catalogue, posterior=posterior),
        )

    def driven_by(self, rows: Iterable[tuple[str, int, float]], until: int | None = None) -> "Inputs":
        """The same with figures added to the published ones to a year; rows of indicator, year, value."""
        return replace(self, figures=figures_with(rows, until))

    def links(self, draw: int = 0) -> dict[str, float]:
        """Values of one draw that lead from the model to what is published."""
        law = self.law.values(draw)
        links = self.observation.values(draw) | {name: law[name] for name in LAW_LINKS}
        return {name: float(value) for name, value in links.items()}

    def assumptions(self) -> list[dict[str, Any]]:
        """Every rate, law parameter, link, constant, effect and cost with range, evidence and source."""
        return [
            *(_parameter_row(parameter, "rate") for parameter in self.rates),
            *(_parameter_row(parameter, "law") for parameter in self.law),
            *(_parameter_row(parameter, "link") for parameter in self.observation),
            *(_parameter_row(parameter, "constant") for parameter in constants()),
            *(row for measure in self.catalogue for row in _measure_rows(measure)),
            *(_parameter_row(parameter, "cost") for parameter in self.places),
        ]


def _parameter_row(parameter: Parameter, kind: str) -> dict[str, Any]:
    """One parameter as a row of the table; what was shipped stands beside what a user set."""
    row = asdict(parameter)
    shipped = {f"shipped_{key}": value for key, value in (row["shipped"] or {}).items() if key in NUMBERS}
    named = {"name": row["name"], "kind": kind, "meaning": row["meaning"]}
    return named | {key: row[key] for key in NUMBERS} | shipped


def _measure_rows(measure: Measure) -> Iterator[dict[str, Any]]:
    """The effects and the cost of a measure as rows of the table of assumptions."""
    for effect in measure.effects:
        row = asdict(effect) | {"value": effect.central, "unit": "log coefficient"}
        meaning = f"{measure.title}: effect on {effect.rate} at full intensity"
        numbers = {key: row[key] for key in NUMBERS}
        yield {"name": f"{measure.name}.{effect.rate}", "kind": "effect", "meaning": meaning} | numbers
    row = asdict(measure.cost)
    meaning = f"{measure.title}: cost at full intensity"
    yield {"name": f"{measure.name}.cost", "kind": "cost", "meaning": meaning} | {
        key: row[key] for key in NUMBERS
    }
