"""The sections of the page, in the order a planner reads."""

from typing import Final

from experiments.pages.body import Section
from experiments.pages.evidence import TIERS, RestsOn
from experiments.questions.compare.reading import Comparison
from experiments.questions.compare.sections import (
    answer,
    assumptions,
    commitments,
    cost,
    entry,
    gains,
    ladder,
    limits,
    lives,
    migrants,
    own_figures,
    paths,
    provinces,
    satisfaction,
    side_by_side,
    signposts,
    skills,
    uncertainty,
    version,
    wages,
)

OWN_FIGURES: Final = Section(
    "own-figures", "Figures of your own, and what they move", own_figures.build, TIERS
)
SECTIONS: Final[tuple[Section[Comparison], ...]] = (
    Section("answer", "The answer", answer.build, TIERS),
    Section("paths", "Paths to the targets", paths.build, TIERS),
    Section("uncertainty", "What is chance, what is not known, what is decided", uncertainty.build, TIERS),
    Section("signposts", "What to watch on the way", signposts.build, TIERS),
    Section("ladder", "The ladder and where it leaks", ladder.build, TIERS),
    Section("skills", "Skill, then and at the end", skills.build, RestsOn(("high_skilled_share",))),
    Section("provinces", "The 31 provinces", provinces.build, TIERS),
    Section("commitments", "What provinces can promise", commitments.build, TIERS),
    Section("wages", "Wages and the skill premium", wages.build, RestsOn(("skill_premium",))),
    Section("migrants", "Migrants and settlement", migrants.build, RestsOn(("settled_share",))),
    Section("satisfaction", "Satisfaction and engagement", satisfaction.build, RestsOn(("satisfaction",))),
    Section("entry", "Entry of the young", entry.build, RestsOn(("young_entries",))),
    Section(
        "gains",
        "Who gains and who loses",
        gains.build,
        RestsOn(("skill_premium", "satisfaction", "settled_share"), "difference"),
    ),
    Section("lives", "Lives", lives.build),
    Section("cost", "Cost by family of measures", cost.build),
    Section("scenarios", "The scenarios side by side", side_by_side.build),
    Section("assumptions", "Assumptions by grade of evidence", assumptions.build),
    Section("limits", "What the model cannot say", limits.build),
    Section("version", "Version, seeds and Monte-Carlo error", version.build),
)
