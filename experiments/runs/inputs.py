"""What the simulation is told, by name: parameters with what is known of them, measures, scenarios."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from experiments.places import CONFIGS
from experiments.runs.files import canonical
from experiments.runs.sources import knowledge_hash, parameters_hash
from sim.errors import InputError
from sim.strays import ours

if TYPE_CHECKING:
    from sim.inputs import Inputs
    from sim.policy.measures import Catalogue
    from sim.policy.scenario import Scenario

PAST: Final = "frozen"  # names the scenario of the past: no measure, and the announced intakes


def read_inputs(parameters: Mapping[str, Any], knowledge: str) -> "Inputs":
    """Registers of parameters, those that the user fixed among them, and the catalogue of measures.

    Raises
    ------
    InputError
        For an unknown parameter or knowledge, or a file that breaks its schema.
    """
    from sim.inputs import posterior_file

    calibrations = [path.parent.name for path in ours(CONFIGS / "calibration", "*/posterior.csv")]
    in_folder = "/" in knowledge and posterior_file(CONFIGS, knowledge).is_file()
    if not in_folder and knowledge not in (*calibrations, "prior"):
        known = ", ".join((*calibrations, "prior"))
        raise InputError(
            f"knowledge={knowledge} is not possible; choose one of: {known}, "
            "or name the folder of a calibration: results/calibrate/NAME"
        )
    return _read(canonical(parameters), knowledge, (parameters_hash(), knowledge_hash(knowledge)))


def inputs_of(parameters: Mapping[str, Any], knowledge: str, hashes: Mapping[str, str]) -> "Inputs":
    """The same, of files that have these hashes; those of whom somebody else checks."""
    return _read(canonical(parameters), knowledge, (hashes["parameters_hash"], hashes["knowledge_hash"]))


@cache
def _read(parameters: str, knowledge: str, _: tuple[str, str]) -> "Inputs":
    """As the files are that have these hashes; a process that goes on may meet others."""
    from sim.inputs import Inputs

    return Inputs.read(CONFIGS, json.loads(parameters), knowledge)


def scenario_named(name: str, inputs: "Inputs") -> "Scenario":
    """A scenario of ``configs/scenario``; InputError when there is none, or it cannot be."""
    from sim.policy.scenario import load_scenario

    return load_scenario(name, CONFIGS / "scenario", inputs.catalogue)


def without_assumed(catalogue: "Catalogue", families: Collection[str]) -> "Catalogue":
    """The measures, those of some families without their effects of evidence C."""
    measures = tuple(
        replace(measure, effects=tuple(effect for effect in measure.effects if effect.evidence != "C"))
        if measure.family in families
        else measure
        for measure in catalogue
    )
    return replace(catalogue, measures=measures)


def multiplied(inputs: "Inputs", name: str, factor: float, draw: int) -> "Inputs":
    """The same, one rate or parameter of the law in a draw times a factor, as far as its bounds allow."""
    kind = "rates" if name in inputs.rates else "law"
    register = getattr(inputs, kind)
    value = min(float(register.values(draw)[name]) * factor, register[name].bounds[1])
    return replace(inputs, **{kind: register.with_overrides({name: value})})
