"""The sections of the page, in the order a planner reads."""

from typing import Final

from experiments.report.body import Section
from experiments.report.reading import Comparison
from experiments.report.sections import (
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

SECTIONS: Final[tuple[Section[Comparison], ...]] = (
    Section("answer", "The answer", answer.build),
    Section("paths", "Paths to the targets", paths.build),
    Section("uncertainty", "What is chance, what is not known, what is decided", uncertainty.build),
    Section("signposts", "What to watch on the way", signposts.build),
    Section("ladder", "The ladder and where it leaks", ladder.build),
    Section("skills", "Skill, then and in 2035", skills.build),
    Section("provinces", "The 31 provinces", provinces.build),
    Section("commitments", "What provinces can promise", commitments.build),
    Section("wages", "Wages and the skill premium", wages.build),
    Section("migrants", "Migrants and settlement", migrants.build),
    Section("satisfaction", "Satisfaction and engagement", satisfaction.build),
    Section("entry", "Entry of the young", entry.build),
    Section("gains", "Who gains and who loses", gains.build),
    Section("lives", "Lives", lives.build),
    Section("cost", "Cost by family of measures", cost.build),
    Section("scenarios", "The scenarios side by side", side_by_side.build),
    Section("assumptions", "Assumptions by grade of evidence", assumptions.build),
    Section("limits", "What the model cannot say", limits.build),
    Section("version", "Version, seeds and Monte-Carlo error", version.build),
)
