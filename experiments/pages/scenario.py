"""A scenario as pages call and draw it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.policy.programme import Programme


@dataclass(frozen=True)
class Scenario:
    """One scenario of the comparison: its place in the order, its names and its measures.

    ``name`` is that of its file, ``label`` its title, by which pages, figures and tables call it.
    """

    place: int
    name: str
    label: str
    sentence: str
    record: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)

    @property
    def measures(self) -> list[dict[str, Any]]:
        """The measures with family, start, ramp and level, as the store keeps them."""
        return list(self.record.get("measures") or [])

    @property
    def programme(self) -> "Programme":
        """How it reads the craftsman programme; as shipped, where the store does not keep it."""
        from sim.policy.programme import read_programme

        return read_programme(self.record.get("programme"), self.name)

    @property
    def rule(self) -> dict[str, Any]:
        """The monitoring rule, as the store keeps it; empty without one."""
        return dict(self.record.get("monitoring") or {})

    @property
    def watched(self) -> dict[str, Any]:
        """The targets that the monitoring rule watches; empty without a rule, or where they are not kept."""
        return dict(self.rule.get("targets") or {})
