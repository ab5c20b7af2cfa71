"""Everything the model is told about rates, laws and measures, read once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from sim.errors import InputError
from sim.law import Law
from sim.parameters import Overrides, Parameter, Register
from sim.policy.checks import as_mapping, way_out
from sim.policy.measures import Catalogue, Measure
from sim.rates import Rates

NUMBERS: Final = ("value", "unit", "low", "high", "evidence", "source")


@dataclass(frozen=True)
class Inputs:
    """The named rates, the law of motion and the measures; both registers hold the overrides already."""

    rates: Register
    law: Register
    catalogue: Catalogue
    overrides: Mapping[str, float | Sequence[float]]

    @classmethod
    def read(cls, configs_folder: Path, overrides: Overrides | None = None) -> "Inputs":
        """Read ``parameters/rates.yaml``, ``law.yaml`` and ``measures.yaml`` of a folder.

        Parameters
        ----------
        configs_folder
            The folder ``configs``.
        overrides
            Chosen values of rates or law parameters by name; they hold in every draw.

        Raises
        ------
        InputError
            For a file that breaks its schema or an unknown name, with the nearest one.
        """
        folder = Path(configs_folder) / "parameters"
        rates, law = Register.read(folder / "rates.yaml"), Register.read(folder / "law.yaml")
        rates.require(Rates._fields, "rates.yaml")
        law.require(Law._fields, "law.yaml")
        chosen = as_mapping(overrides or {}, "parameters")
        known = {parameter.name for register in (rates, law) for parameter in register}
        for name in chosen:
            if name not in known:
                raise InputError(f"unknown parameter '{name}': {way_out(name, known)}")
        return cls(
            rates=rates.with_overrides({name: value for name, value in chosen.items() if name in rates}),
            law=law.with_overrides({name: value for name, value in chosen.items() if name in law}),
            catalogue=Catalogue.read(folder / "measures.yaml"),
            overrides=chosen,
        )

    def assumptions(self) -> list[dict[str, Any]]:
        """Every rate, law parameter, effect and cost with its range, evidence and source."""
        return [
            *(_parameter_row(parameter, "rate") for parameter in self.rates),
            *(_parameter_row(parameter, "law") for parameter in self.law),
            *(row for measure in self.catalogue for row in _measure_rows(measure)),
        ]


def _parameter_row(parameter: Parameter, kind: str) -> dict[str, Any]:
    """One parameter as a row of the table of assumptions."""
    row = asdict(parameter)
    return {"name": row["name"], "kind": kind, "meaning": row["meaning"]} | {key: row[key] for key in NUMBERS}


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
