"""The figures of the page. A new figure is one file in ``figures/`` and one row here."""

from typing import Final

from experiments.pages.drawing.chart import Entry
from experiments.questions.compare.figures import (
    bottleneck,
    cascade,
    changes,
    cost,
    entry,
    gains,
    gains_groups,
    ladder_grades,
    ladder_tiers,
    lives,
    map_recognised,
    map_unfilled,
    migrants,
    paths,
    pyramid,
    satisfaction,
    skills,
    targets,
    uncertainty,
    wages,
    wages_by_grade,
)
from experiments.questions.compare.reading import Comparison

FIGURES: Final[tuple[Entry[Comparison], ...]] = (
    Entry("targets", "answer", targets.build),
    Entry("paths_national", "paths", paths.build_national),
    Entry("paths_provincial", "paths", paths.build_provincial),
    Entry("paths_city", "paths", paths.build_city),
    Entry("uncertainty", "uncertainty", uncertainty.build),
    Entry("ladder_tiers", "ladder", ladder_tiers.build),
    Entry("bottleneck", "ladder", bottleneck.build),
    Entry("ladder_grades", "ladder", ladder_grades.build),
    Entry("pyramid", "skills", pyramid.build),
    Entry("skills", "skills", skills.build),
    Entry("map_recognised", "provinces", map_recognised.build),
    Entry("map_unfilled", "provinces", map_unfilled.build),
    Entry("cascade", "commitments", cascade.build),
    Entry("wages", "wages", wages.build),
    Entry("wages_by_grade", "wages", wages_by_grade.build),
    Entry("migrants", "migrants", migrants.build),
    Entry("satisfaction", "satisfaction", satisfaction.build),
    Entry("entry", "entry", entry.build),
    Entry("gains", "gains", gains.build),
    Entry("gains_groups", "gains", gains_groups.build),
    Entry("lives", "lives", lives.build),
    Entry("cost", "cost", cost.build),
    Entry("changes", "scenarios", changes.build),
)
