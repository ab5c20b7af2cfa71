"""The generated pages are current, and links of the documentation lead somewhere."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest

from sim.inputs import Inputs
from sim.outcomes.indicators import INDICATORS
from sim.policy.monitoring import RULE_KEYS
from sim.policy.path import PATH_KEYS
from sim.policy.scenario import KEYS, read_scenario
from sim.policy.scenario_file import scenario_lines

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize(
    "name",
    [
        "fit_migration",
        "generate_benchmark_table",
        "generate_cluster_table",
        "generate_indicator_table",
        "generate_parameter_table",
    ],
)
def test_the_generated_page_is_current(name: str) -> None:
    script = runpy.run_path(str(ROOT / f"docs/{name}.py"))
    assert script["page"]() == script["PAGE"].read_text(encoding="utf-8"), (
        f"{script['PAGE'].name} is out of date: run python docs/{name}.py"
    )


def test_the_validation_page_is_current() -> None:
    script = runpy.run_path(str(ROOT / "docs/validate.py"))
    assert script["page"](script["stored"]()) == script["PAGE"].read_text(encoding="utf-8"), (
        "validation.md is out of date: run python docs/validate.py --page"
    )


def test_the_slopes_of_migration_reproduce_the_origins_of_2005() -> None:
    (*_, full), _ = runpy.run_path(str(ROOT / "docs/fit_migration.py"))["fits"]()
    assert full.likeness["origin_share_correlation"] >= 0.9


def test_every_indicator_is_on_the_page() -> None:
    text = (ROOT / "docs/indicators.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in text for name in INDICATORS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    targets = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in targets if not (page.parent / link).exists()] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(page.name[:4]) for page in (ROOT / "docs/decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    text = (ROOT / "docs/decisions/0001-packages.md").read_text(encoding="utf-8")
    names = {re.split(r"[<>=;~ ]", requirement)[0] for requirement in wanted}
    assert {name for name in names if f"`{name}`" not in text} == set()


def test_the_template_of_a_scenario_is_read_and_names_every_line(tmp_path: Path) -> None:
    page = (ROOT / "docs/scenarios.md").read_text(encoding="utf-8")
    (template,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "mine.yaml").write_text(template, encoding="utf-8")
    lines = scenario_lines(str(tmp_path / "mine.yaml"), ROOT / "configs/scenario")
    scenario = read_scenario(lines, Inputs.read(ROOT / "configs").catalogue)
    assert scenario.name == "mine"
    assert scenario.quota_in_year == (
        (2028, (5000, 1000, 250)), (2029, (5000, 1100, 240)), (2030, (5500, 1100, 220)),
    )  # fmt: skip
    rule, path = lines["monitoring"], lines["families"]["skills"]
    assert (set(lines), set(rule), set(path)) == (set(KEYS), set(RULE_KEYS), set(PATH_KEYS))
