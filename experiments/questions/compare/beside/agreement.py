"""Whether two comparisons can be put side by side: only where their runs are the same but for the policy."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from experiments.answers.changed import PARTS
from experiments.questions.compare.beside.sides import HASHES, Side
from sim.errors import InputError

UNSAID: Final = "as shipped"
GROUPS: Final = ("parameters", "targets")


def check_agree(first: Side, second: Side) -> None:
    """Raise an InputError that names all that the runs differ in besides the scenarios."""
    found = list(unlike(first.manifest, second.manifest))
    if found:
        raise InputError(
            f"{first.called} and {second.called} cannot be put side by side, for more than their scenarios "
            f"differs: {'; '.join(found)}. Make one of them again as the other was made"
        )


def unlike(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[str]:
    """What differs between the runs of two comparisons, by their manifests, with both values."""
    named = first["knowledge"] == second["knowledge"]  # else its name says it
    for key in HASHES if named else HASHES[:-1]:
        if first[key] != second[key]:
            yield f"the version of {PARTS[key]}"
    one, other = (_chosen(each) for each in (first, second))
    for key in dict.fromkeys([*one, *other]):
        if one.get(key) != other.get(key):
            yield f"{key} ({_said(one.get(key, UNSAID))} and {_said(other.get(key, UNSAID))})"
    runs = (zip(each["seeds"], each["draws"], strict=True) for each in (first, second))
    if any(one != other for one, other in zip(*runs, strict=False)):
        yield "draws (other values of the parameters in the same runs)"


def _chosen(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What was chosen of the runs, by the key that it is typed with."""
    parts = {f"{group}.{key}": manifest[group][key] for group in GROUPS for key in manifest[group]}
    return {
        "knowledge": manifest["knowledge"],
        **parts,
        "population.agents": manifest["agents"],
        "seeds": len(manifest["seeds"]),
    }


def _said(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and value >= 10_000 else str(value)
