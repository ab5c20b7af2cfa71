# ruff: noqa: INP001 - a script of the documentation, not a package
"""Write docs/population.md: each margin of the first population beside its source.

Run from the repository: ``python docs/generate_population_table.py``.
"""

import itertools
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))

from sim.calendar import MONTHS_PER_YEAR, START
from sim.categories import EDUCATION, GRADES, HUKOU, PROVINCE_CODES, SECTORS, SEX
from sim.data import REGIONS, load, provincial, provincial_employment, secondary_employment, series
from sim.workforce import first_lives, prior
from sim.workforce import margins as known
from sim.workforce.columns import Workers
from sim.workforce.ipf import Array, Margin, achieved
from sim.workforce.synthesis import cell_shares, first_workers, tabulate

PAGE = Path(__file__).parent / "population.md"
AGENTS = 500_000
SEED = 1
LAW = yaml.safe_load(
    (Path(__file__).parent.parent / "configs/parameters/law.yaml").read_text(encoding="utf-8")
)
INDUSTRIAL_SHARE, TECHNICIAN_SHARE = LAW["industrial_share_of_skilled"], LAW["technician_share_start"]
SHARES = INDUSTRIAL_SHARE["value"], TECHNICIAN_SHARE["value"]
SCHOOL_YEARS = (6.0, 9.0, 12.0, 12.0, 15.5)
LABELS: dict[str, Sequence[Sequence[str]]] = {
    "hukou by age": (HUKOU, known.AGES),
    "hukou by education": (HUKOU, EDUCATION),
    "hukou by sex": (HUKOU, SEX),
    "sector by hukou": (SECTORS, HUKOU),
    "region by hukou": (REGIONS, HUKOU),
    "mobility": (known.MOBILITY,),
    "grade": (GRADES,),
}
RESIDENCE = "inter-provincial migrants by residence"
FUJIAN = PROVINCE_CODES.index(350000)
MINING, INDUSTRY = SECTORS.index("mining_utilities"), SECTORS.index("construction")
INTRODUCTION = """# The first population

This page is written by `docs/generate_population_table.py`. A test keeps it current.

Lives start at the end of 2014. No table says how many workers of each province, sector, grade, hukou, sex,
age and education there were. Single tables say how many there were along one or two of these lines. They
are called margins. Iterative proportional fitting finds the full table that has all the margins and is
otherwise nearest to what is assumed about who goes with whom (`sim/workforce/prior.py`). Workers are then
drawn from that table.

The table has {cells:,} cells; {used:,} of them can hold anyone. It stands for {persons:,.1f} million persons:
{employed:,.1f} million employed in the secondary sector in 2014 and, assumed, {unemployed:.0%} of the
workforce between jobs. The draw below has {agents:,} agents and seed {seed}.

*Target* is the margin from its source. *Table* is the fitted table. *Draw* is the draw of agents. Figures are
million persons. Names like `migrant_share_male` are rows of `sim/data/national_series.csv` and
`provincial_series.csv`.
"""


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the first column is text, the others are numbers or text as they come."""
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def words(label: str) -> str:
    """A category as it is read."""
    return label.replace("_", " ")


def margin_table(margin: Margin, table: Array, drawn: Array) -> str:
    """Target, fitted and drawn millions of one margin, with its source."""
    targets = [shares.ravel() for shares in (margin.target, achieved(table, margin), achieved(drawn, margin))]
    million = known.workforce_persons() / 1e6
    rows = [
        [", ".join(words(label) for label in labels), *(f"{shares[n] * million:.3f}" for shares in targets)]
        for n, labels in enumerate(itertools.product(*LABELS[margin.name]))
    ]
    head = ("category", "target", "table", "draw")
    return f"### {margin.name.capitalize()}\n\n{margin.source}\n\n{markdown(head, rows)}\n"


def province_table(drawn: Array, homes: Array) -> str:
    """Workforce by sector and migrants by residence and home, target and draw, for each province."""
    million = known.workforce_persons() / 1e6
    inter = known.inter_provincial_shares()
    by_sector = (provincial_employment(known.YEAR), drawn.sum(axis=(2, 3, 4, 5, 6)))
    residence = (inter, drawn.sum(axis=(1, 2, 4, 5, 6))[:, known.INTER_PROVINCIAL])
    home = (inter @ known.home_shares(), homes)
    rows = [
        [name]
        + [
            f"{by_sector[0][p, s] * million:.3f} / {by_sector[1][p, s] * million:.3f}"
            for s in range(len(SECTORS))
        ]
        + [f"{target[p] * million:.3f} / {found[p] * million:.3f}" for target, found in (residence, home)]
        for p, name in enumerate(load("provinces")["name_en"])
    ]
    head = [
        "target / draw",
        *(words(sector) for sector in SECTORS),
        "migrants living here",
        "migrants from here",
    ]
    return f"""### Provinces

Sectors: {known.SOURCES["province by sector"]}

Inter-provincial migrants: {known.SOURCES[RESIDENCE]} Homes given residence: `migration_od_2005.csv`, scaled
to the out-migrants of 2010-2015; the homes Hainan and Tibet, empty there, from `migration_od_2000.csv`.

{markdown(head, rows)}
"""


def summary(margins: Sequence[Margin], table: Array, drawn: Array) -> str:
    """The largest difference of any category from its target, margin by margin."""
    rows = []
    for margin in margins:
        fitted, found = (np.abs(achieved(t, margin) - margin.target).max() for t in (table, drawn))
        rows.append([margin.name, f"{margin.target.size}", f"{fitted * 100:.5f}", f"{found * 100:.5f}"])
    head = ("margin", "categories", "table, percentage points", "draw, percentage points")
    return "## Largest difference from the target\n\n" + markdown(head, rows) + "\n"


def unfitted(workers: Workers, drawn: Array) -> str:
    """Published figures that are no margins, beside what the draw has."""

    def mean(values: np.ndarray, chosen: np.ndarray | slice = slice(None)) -> float:
        return float(np.average(values[chosen], weights=workers.weight[chosen]))

    def published(name: str, year: int) -> float:
        return series(name)[year]

    age = (START - workers.birth.astype(np.int64)) / MONTHS_PER_YEAR
    rural = workers.hukou == HUKOU.index("rural")
    by_province = drawn.sum(axis=(2, 3, 4, 5, 6))
    industry = by_province[:, :INDUSTRY].sum(axis=1)
    fujian = provincial("industrial_legal_unit_employees", 2018)[FUJIAN]
    fujian /= published("industry_legal_unit_employees", 2018)
    staff = published("industrial_worker_share_mfg_plus_construction", 2022)
    staff /= published("industrial_worker_share_secondary", 2022)
    survey = published("industrial_worker_share_rural_hukou", 2022) / 100
    census = published("mean_schooling_16_59", 2020)
    rows = (
        ("Mean age of rural hukou, years", "migrant workers, 2014 (unverified)",
         f"{published('migrant_mean_age', 2014)}", f"{mean(age, rural):.1f}"),
        ("Mean age, years", "staff survey, 2022",
         f"{published('industrial_worker_mean_age', 2022)}", f"{mean(age):.1f}"),
        ("Mean schooling, years", "census, all aged 16 to 59, 2020",
         f"{census}", f"{mean(np.array(SCHOOL_YEARS)[workers.education]):.1f}"),
        ("Manufacturing and construction in the secondary sector", "staff survey, 2022",
         f"{staff:.1%}", f"{1 - by_province[:, MINING].sum():.1%}"),
        ("Fujian in national industry", "legal units, 2018", f"{fujian:.1%}",
         f"{industry[FUJIAN] / industry.sum():.1%}"),
        ("Rural hukou", "staff survey, 2022", f"{survey:.1%}", f"{mean(rural):.1%}"),
        ("Rural hukou", "migrant workers over employment, 2014", f"{migrant_share(2014):.1%}",
         f"{mean(rural):.1%}"),
    )  # fmt: skip
    head = ("figure", "source", "published", "draw")
    title = "## Beside other published figures\n\n"
    note = "None of these is a margin. The mean age and the rural share follow from assumptions below.\n\n"
    return title + note + markdown(head, rows) + "\n"


def migrant_share(year: int) -> float:
    """Migrant workers in the secondary sector over its employment."""
    migrants = (
        series("migrant_workers_total")[year] * 1e4 * series("migrant_share_secondary_industry")[year] / 100
    )
    return migrants / secondary_employment()[year]


def reconciliation() -> str:
    """Where sources contradict each other, and what was chosen."""
    survey = series("industrial_worker_share_rural_hukou")[2022] / 100
    carried = survey * migrant_share(2014) / migrant_share(2021)
    return f"""## Where sources contradict each other

**Rural hukou.** The migrant-worker reports and the employment series together put {migrant_share(2014):.1%}
of the secondary sector in rural hukou in 2014 and {migrant_share(2021):.1%} in 2021. The staff survey of 2022
finds {survey:.1%} among industrial workers. It asks staff of enterprises; the reports count site labour,
helpers and the self-employed as well. Carried back with the reports' trend the survey gives {carried:.1%}
for 2014. The start is set to {known.RURAL_SHARE:.0%}, between the two (range 54% to 68%). With the same trend
it leads to {known.RURAL_SHARE * migrant_share(2021) / migrant_share(2014):.1%} in 2021.

**Schooling.** The staff survey's mean of {series("industrial_worker_mean_schooling")[2022]} years cannot be
reached beside the published education of migrants: three quarters left school after nine years or fewer. The
start follows the migrants' figures and the census.

**Age.** Migrants' mean age rose from {series("migrant_mean_age")[2014]} in 2014 to
{series("migrant_mean_age")[2021]} in 2021, yet the staff survey of 2022 finds
{series("industrial_worker_mean_age")[2022]} for all industrial workers. The start takes that mean for urban
hukou.

**Regions.** Migrants by region of work are published from 2020 only and are taken for 2014.
"""


def assumptions() -> str:
    """The assumed numbers that shape the start, with their ranges."""
    urban = ", ".join(f"{share:.0%}" for share in known.URBAN_EDUCATION)
    rows = [
        [
            "Share of the skilled stock that is industrial",
            f"{INDUSTRIAL_SHARE['value']}",
            f"{INDUSTRIAL_SHARE['low']} to {INDUSTRIAL_SHARE['high']}",
        ],
        ["Rural hukou", f"{known.RURAL_SHARE}", "0.54 to 0.68"],
        ["Between jobs", f"{known.UNEMPLOYED_SHARE}", "0.03 to 0.05"],
        ["Men among urban hukou", f"{known.URBAN_MALE_SHARE}", "0.58 to 0.70"],
        ["Education of urban hukou, lowest to highest", urban, "5 percentage points each"],
        ["Vocational part of migrants' senior secondary", f"{known.VOCATIONAL_PART_OF_SENIOR}", "0.3 to 0.5"],
        ["Grade 5 among grades 5 and 4", f"{known.GRADE_5_PART}", "0.45 to 0.60"],
        [
            "Technicians and senior technicians among the highly skilled",
            f"{TECHNICIAN_SHARE['value']}",
            f"{TECHNICIAN_SHARE['low']} to {TECHNICIAN_SHARE['high']}",
        ],
        ["Technicians over senior technicians", "that of 2021 (10 : 3)", "not known"],
        [
            "Most inter-provincial migrants in a province's workforce",
            f"{known.INTER_PROVINCIAL_MOST}",
            "0.55 to 0.75",
        ],
        ["Elasticity of grade 3 to income per head", f"{prior.GRADE_BY_INCOME[3]}", "0 to 1.2"],
        ["Settled migrants: chance per year of residence", f"{first_lives.SETTLING_PER_YEAR}", "0 to 0.02"],
        ["Time in the enterprise: scale in years", f"{first_lives.TENURE_YEARS}", "5 to 12"],
        ["Time at the place of residence: scale in years", f"{first_lives.RESIDENCE_YEARS}", "4 to 9"],
        [
            "Satisfaction and engagement: centre and half range",
            f"0.5 and {first_lives.ATTITUDE_SPREAD}",
            "0.1 to 0.3",
        ],
    ]
    head = ("assumed", "value", "range")
    note = (
        "\nOdds between two attributes (sector and sex, grade and education, and so on) are in `prior.py`.\n"
    )
    return "## Assumed\n\n" + markdown(head, rows) + "\n" + note


def page() -> str:
    """The whole page; the same bytes each time."""
    shares = cell_shares(*SHARES)
    persons = known.workforce_persons()
    workers = first_workers(AGENTS, AGENTS, persons, SEED, shares)
    drawn = tabulate(workers) / persons
    away = workers.home != workers.province
    homes = np.bincount(workers.home[away], workers.weight[away], len(shares.home)) / persons
    margins = known.margins(*SHARES)
    introduction = INTRODUCTION.format(
        cells=shares.share.size, used=int((shares.share > 0).sum()), persons=persons / 1e6,
        employed=secondary_employment()[known.YEAR] / 1e6, unemployed=known.UNEMPLOYED_SHARE, agents=AGENTS,
        seed=SEED,
    )  # fmt: skip
    tables = [margin_table(margin, shares.share, drawn) for margin in margins if margin.name in LABELS]
    parts = [
        introduction, summary(margins, shares.share, drawn), unfitted(workers, drawn), reconciliation(),
        assumptions(), "## Margins\n", *tables, province_table(drawn, homes),
    ]  # fmt: skip
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
