"""What can be chosen for `workforce optimise`."""

from dataclasses import dataclass
from typing import Any

from experiments.answers.common_keys import (
    AimedKeys,
    ScenarioKeys,
    TargetKeys,
    WrittenKeys,
    data_key,
    knowledge_key,
    scenario_key,
    targets_key,
)
from experiments.answers.keys import MOST_WHOLE, Keys, key
from sim.categories import FAMILIES

HELP = """\
workforce optimise - the cheapest mix of measures that is likely enough to reach all targets

Looks for the levels of the seven families of measures, and their phase-in, that cost least for each
probability of reaching all three targets: the front of cost against probability. Names the cheapest mix that
is likely enough, and the next one; both are lived once more in futures that nothing was chosen by.

What is wanted (key=default: meaning)
{keys}

Examples
  workforce optimise fix.intake=1.05
  workforce optimise probability=0.5 budget=3000 floors.satisfaction=50 name=half
  workforce optimise scenario=adaptive fix.inclusion=0.8 name=with_review

Writes results/optimise/NAME/: report.html (the page), front.csv, candidates.csv, winner.yaml, a scenario
that workforce compare takes as it lies. After an interruption the same command goes on; no future is lived
twice.
"""


@dataclass
class LaidOverKeys(Keys):
    """What levers are laid over."""

    scenario: dict[str, Any] = scenario_key("frozen", "what the levers are laid over")


@dataclass
class OptimiseKeys(LaidOverKeys, AimedKeys, WrittenKeys, ScenarioKeys):
    """What is wanted, what may be chosen, and how thoroughly."""

    probability: float = key(0.8, "of reaching all three targets", low=0, high=1, above=True)
    budget: float | None = key(
        None,
        "most {unit} once history ends, to the year of the targets; null is without limit",
        low=0,
        high=1_000_000_000,
        unit="billion yuan",
    )
    floors: dict[str, Any] = key(
        {},
        "least of other outcomes, such as floors.satisfaction=52 or floors.settled_share=0.2: "
        "TIER_attainment, high_skilled_share, skill_premium, satisfaction, settled_share and young_entries",
    )
    targets: TargetKeys = targets_key("what is to be reached")
    scenario: dict[str, Any] = scenario_key(
        "frozen",
        "what the levers are laid over: intakes, demand, wages, review; not its families; a name or a "
        "file, single lines too: scenario.quota_factor=1.1",
        heading="What may be chosen",
    )
    bounds: dict[str, Any] = key(
        {
            **{family: [0, 1] for family in FAMILIES},
            "start": ["2027-01", "2030-01"],
            "ramp_months": [12, 96],
            "intake": [1.0, 1.2],
        },
        "lowest and highest of each lever, such as 'bounds.skills=[0.2,0.8]': the seven families (level 0 "
        "to 1), start (month), ramp_months, and intake (factor of the announced intakes)",
    )
    fix: dict[str, Any] = key(
        {"start": "2027-01", "intake": 1.0},
        "levers that are not chosen, such as fix.skills=0.8; by default start=2027-01 and intake=1, the "
        "announced ones; fix.start=null frees one",
    )
    phase_in: str = key(
        "common",
        "one start and ramp for all families; with each, families have their own: skills_start",
        choices=("common", "each"),
    )
    candidates: int = key(112, "mixes that the search lives", heading="How thoroughly")
    cells: int = key(
        16,
        "futures of each in the search; each cell is a seed and a draw of the parameters",
        low=2,
        high=10_000,
    )
    agents: int = key(20_000, "agents of each future in the search")
    front: int = key(20, "mixes of the front that are lived again", low=2, high=1_000)
    front_cells: int = key(
        32,
        "futures of each of them, others than in the search; the choice is made by these",
        low=2,
        high=10_000,
    )
    front_agents: int = key(20_000, "agents of each future of the front, and of the futures after it")
    trust_cells: int = key(
        48,
        "futures, again others, of the chosen mix, of the runner-up, and of the chosen mix without each "
        "family",
        low=2,
        high=10_000,
    )
    seed: int = key(1, "of the search; another one shows what depends on it", low=0, high=MOST_WHOLE)
    data: list[str] = data_key()
    knowledge: str = knowledge_key()
