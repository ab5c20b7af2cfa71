# ruff: noqa: INP001 - a script of the documentation, not a package
"""Write docs/history.md: the simulated end of 2021 beside what was published.

Run from the repository: ``python docs/generate_history_table.py``; it takes about a minute.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from sim.data import series
from sim.inputs import Inputs
from sim.model import WorkforceModel
from sim.policy.scenario import load_scenario

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/history.md"
AGENTS, SEED, YEAR = 400_000, 1, 2021
INTRODUCTION = f"""# The end of {YEAR}, simulated and published

This page is written by `docs/generate_history_table.py`: best fit, {AGENTS:,} agents, seed {SEED}. A test
asks that every row lies within 20 %; examinations fell by a tenth from 2020 to 2021, which nothing in the
model explains. Most of these figures were fitted; [validation](validation.md) shows all of them, and years
that were not.

Skilled workers, examinations and subsidised courses are published for the whole economy. The simulated
numbers are those of the industrial workforce divided by its assumed share, `industrial_share_of_skilled`.
"""


def simulated(agents: int = AGENTS) -> dict[tuple[str, str], float]:
    """National indicators of the year by (indicator, group), and the industrial share."""
    inputs = Inputs.read(ROOT / "configs", knowledge=f"until_{YEAR}")
    frozen = load_scenario("frozen", ROOT / "configs/scenario", inputs.catalogue)
    model = WorkforceModel(frozen, inputs=inputs, agents=agents, seed=SEED)
    model.run_to(YEAR)
    table = model.indicators()
    year = table[(table["year"] == YEAR) & (table["province"] == "all")]
    found = {(row.indicator, row.group): row.value for row in year.itertuples()}
    return found | {("industrial share", ""): model.law.industrial_share_of_skilled}


def rows(found: dict[tuple[str, str], float]) -> list[tuple[str, str, float, float, str]]:
    """What, unit, simulated, published, and where it was published."""
    share = found["industrial share", ""]

    def national(indicator: str, group: str = "all") -> float:
        return found[indicator, group] / share / 1e4

    campaign = series("subsidised_training_2019_2021")[2021] / 3.0
    tens = "10,000 persons"
    return [
        ("secondary employment", tens, found["employed", "all"] / 1e4, series("employment_secondary")[2021],
         "employment_secondary, 2021"),
        ("rural hukou", "% of workers", found["share_rural_hukou", "all"] * 100.0,
         series("industrial_worker_share_rural_hukou")[2022], "staff survey, 2022"),
        ("mean age", "years", found["mean_age", "all"], series("industrial_worker_mean_age")[2022],
         "staff survey, 2022"),
        ("skilled workers", tens, national("skilled"), series("skilled_workers")[2021],
         "skilled_workers, 2021"),
        ("highly skilled workers", tens, national("high_skilled"), series("high_skilled_workers")[2021],
         "high_skilled_workers, 2021"),
        ("turnover", "% a year", found["turnover", "all"] * 100.0, 23.0,
         "effect_sizes.csv: manufacturing 20 to 26, middle"),
        ("examinations taken", tens, national("examinations_taken"), series("skill_assessments_taken")[2021],
         "skill_assessments_taken, 2021"),
        ("examinations passed", tens, national("examinations_passed"),
         series("skill_certificates_issued")[2021], "skill_certificates_issued, 2021"),
        ("subsidised courses", tens, national("training_started", "programme=subsidised"), campaign,
         "subsidised_training_2019_2021, a year"),
    ]  # fmt: skip


def page(found: dict[tuple[str, str], float]) -> str:
    """The whole page."""
    lines = ["| what | unit | simulated | published | difference | source |", "|---|---|---:|---:|---:|---|"]
    for what, unit, simulation, published, source in rows(found):
        difference = 100.0 * (simulation / published - 1.0)
        lines.append(
            f"| {what} | {unit} | {simulation:,.1f} | {published:,.1f} | {difference:+.1f} % | {source} |"
        )
    return f"{INTRODUCTION}\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(simulated()), encoding="utf-8")
