"""No number that decides a result hides in the code: it stands in a register with unit, range and source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.code_folder import CONSTANTS
from sim.constants import FILE, constant, register
from sim.errors import InputError
from sim.inputs import Inputs

ROOT = Path(__file__).parent.parent.parent
SIM = ROOT / "sim"
FILES = sorted(SIM.rglob("*.py"))

# Nothing, one, two, a half; months of a year; per cent; scales of the columns.
EVERYWHERE = {0, 1, 2, 0.5, 12, 100, 255, 65_535}
YEARS = range(1930, 2041)
# Calls whose whole numbers are bits, places in a random word, or names of random streams.
PLACES = {"make_key", "make_keys", "uint64", "piece", "_piece", "long_piece", "head", "range", "axis"}

MASKS = "bits and masks of random numbers"
PLACE = "places in a table, sizes of its axes, codes of categories"
UNITS = "units of published figures"
# By file: the numbers that stand there besides, and why none of them belongs in a register.
ALLOWED: dict[str, tuple[str, set[float]]] = {
    "categories.py": ("codes of provinces by the national standard", set(range(110_000, 660_000, 10_000))),
    "chance.py": (
        "SplitMix64; a series for 1 - exp(-x) with its remainder below rounding; names of random streams",
        {53, 0.125, 3.0, 6.0, 7.0, 0.2, 0.25}
        | {10, 30, 201, 210, 220, 300, 301, 302, 303, 311, 312, 400, 401, 1_000},
    ),
    "checks.py": ("most of anything that is counted; letters of a message", {1_000_000_000, 60}),
    "code_folder.py": (
        "letters of a name; rights of a file; when compiled code is old",
        {16, 0o700, 0o022, 90, 86_400},
    ),
    "compaction.py": ("widths of machine words", {8, 32, 64}),
    "compiled.py": ("where a second thread pays; most threads: the result is the same", {100_000, 1_024}),
    "data/derived.py": (UNITS, {1e4}),
    "data/series.py": (UNITS + "; codes of provinces", {1e6, 460_000, 440_000}),
    "fingerprint.py": ("bytes that are hashed at once", {24}),
    "institutions/enterprise_sizes.py": ("digits kept; terms summed before an integral", {9, 4_096}),
    "institutions/gravity.py": ("steps of so many digits", {10.0}),
    "institutions/labour_market.py": ("quarters of a year; digits kept", {4, 6}),
    "institutions/nomination.py": (PLACE + "; " + MASKS, {3, 65_536, 4_096}),
    "institutions/selection.py": ("nominees in a bin, which decides no choice", {4, 0.5}),
    "institutions/training_places.py": (UNITS + "; quarters of a year; bins of lots", {1e4, 4, 56, 256}),
    "life/ageing.py": ("bands of ten and five years, of mortality and migration", {4, 7, 60, 120, 180}),
    "life/bounds.py": ("tolerance of a comparison", {1e-12}),
    "life/draws.py": (MASKS, {256, 65_536, 4_294_967_296}),
    "life/flows.py": (PLACE, set(range(3, 19))),
    "life/parts.py": ("longer than any review period", {65_536}),
    "life/month.py": ("heads and flags of a word", {8}),
    "life/surroundings.py": (PLACE, {4, 5, 8}),
    "model.py": ("agents of an example; months of a quarter", {20_000, 3}),
    "outcomes/attainment.py": ("quantiles; Wilson's interval", {1.959963984540054, 4, 0.05, 0.95}),
    "outcomes/census.py": ("steps of wages; published limits of age", {50, 1_200, 8, 14, 35, 41, 51}),
    "outcomes/paired.py": (PLACE + "; bands of ten years; slots at a time", {4, 64, 120, 180}),
    "outcomes/published.py": ("years that a published figure covers", {3, 5}),
    "outcomes/seen_year.py": (UNITS, {1e4}),
    "outcomes/uncertainty.py": ("fewest draws that a variance is split by", {3}),
    "outcomes/yearly.py": (PLACE + "; points of 100 in a column of 255", {3, 4, 2.55}),
    "parameters.py": (MASKS, {11, 53}),
    "policy/cost.py": (UNITS, {1e6}),
    "policy/modifiers.py": ("exp by a series and squarings", {128.0}),
    "policy/monitoring.py": ("what a rule may ask for", {10.0}),
    "policy/provinces.py": (
        "letters of a name that are shown; codes of provinces; full-width letters",
        {40, 540_000, 150_000, 0xFEE0, 0x3000, 0x20},
    ),
    "policy/intakes.py": ("what a scenario may ask for", {10_000_000}),
    "policy/programme.py": ("what a scenario may ask for", {60}),
    "policy/scenario.py": ("what a scenario may ask for", {0.3}),
    "quarter.py": ("months of a quarter", {3}),
    "calendar.py": ("months of a quarter", {3}),
    "workforce/columns.py": ("slots of a block; codes of categories", {4_096, 3, 4}),
    "workforce/first_lives.py": (MASKS, {56, 65_536, 0x9E3779B97F4A7C15}),
    "workforce/ipf.py": ("when a fit has converged; lanes of a sum", {1e-7, 500, 8}),
    "workforce/laying.py": ("units of weights; ways of placing; more than nobody", {34, 20, 1e-9}),
    "workforce/margins.py": (
        PLACE + "; limits of bands of age: those that are published, halved",
        {3, 16, 21, 26, 31, 36, 41, 46, 51, 56, 60, 65},
    ),
    "workforce/newcomers.py": (PLACE + "; quarters; " + MASKS, {3, 4, 7, 65_536, 4_294_967_296}),
    "workforce/population.py": ("room for newcomers: the result is the same", {1.02, 50}),
    "workforce/prior.py": (PLACE + "; a centre that the margins absorb", {3, 6, 38}),
    "workforce/synthesis.py": (PLACE + "; ways of placing", {1e-9, 4}),
}  # fmt: skip


def numbers(source: str) -> Iterator[tuple[int, float]]:
    """Line and value of every number that decides something: not a place in a table or a name of a stream."""
    tree = ast.parse(source)
    places = {
        id(inner)
        for node in ast.walk(tree)
        for inside in _places(node)
        for inner in ast.walk(inside)
        if isinstance(inner, ast.Constant) and isinstance(inner.value, int)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool) or id(node) in places:
            continue
        if isinstance(node.value, int | float) and not (isinstance(node.value, int) and node.value in YEARS):
            yield node.lineno, node.value


def _places(node: ast.AST) -> list[ast.expr]:
    """Where whole numbers are places, bits or names."""
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if isinstance(node, ast.keyword) and node.arg in PLACES:
        return [node.value]
    if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in PLACES:
        return list(node.args)
    return []


def hidden(source: str, allowed: set[float]) -> list[str]:
    """Numbers that belong in a register, with their lines."""
    return [f"line {line}: {value}" for line, value in numbers(source) if value not in EVERYWHERE | allowed]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SIM).as_posix())
def test_no_number_that_decides_a_result_hides_in_the_code(path: Path) -> None:
    allowed = ALLOWED.get(path.relative_to(SIM).as_posix(), ("", set()))[1]
    assert hidden(path.read_text(encoding="utf-8"), allowed) == [], (
        "give the number a row in configs/parameters, with unit, range and source; "
        "if it decides no result, say why in ALLOWED"
    )


def test_a_number_in_a_rule_is_found() -> None:
    source = "def rule(x):\n    y = x[3] + np.uint64(7)\n    return max(0.2, 1.0 - 0.37 * x) ** 3\n"
    assert hidden(source, set()) == ["line 3: 3", "line 3: 0.2", "line 3: 0.37"]
    assert hidden(source, {0.2, 0.37, 3}) == []


def test_nothing_is_allowed_that_is_not_there() -> None:
    for name, (reason, allowed) in ALLOWED.items():
        found = {value for _, value in numbers((SIM / name).read_text(encoding="utf-8"))}
        if name != "categories.py":  # a range of codes
            assert allowed - EVERYWHERE <= found, f"{name}: {sorted(allowed - found)} need no leave"
        assert len(reason) > 5


def test_every_constant_is_used_and_every_name_is_a_row() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    used = set(re.findall(r'\b(?:constant|constants|pair|whole|matrix)\(\s*"(\w+)"', text))
    assert used == set(register().parameters)


def rows() -> list[dict[str, object]]:
    """All rows of all registers, as the page of assumptions shows them."""
    return Inputs.read(ROOT / "configs").assumptions()


def test_what_is_not_measured_says_that_it_is_assumed_and_why() -> None:
    for row in rows():
        if row["evidence"] == "C":
            assert re.search(r"assumed\W+\S.{8,}", str(row["source"])), row["name"]


def test_every_file_that_a_source_names_is_there() -> None:
    named = {name for row in rows() for name in re.findall(r"\b\w+\.csv\b", str(row["source"]))}
    assert named
    for name in named:
        assert (SIM / "data" / name).is_file(), name


def test_an_assumed_number_has_a_range() -> None:
    for one in register():
        if one.evidence == "C" and one.unit != "codes":
            assert one.low != one.high, one.name


def test_what_is_drawn_has_a_range() -> None:
    inputs = Inputs.read(ROOT / "configs")
    for one in inputs.uncertain():
        assert one.low != one.high, f"{one.name} is drawn from one number: write 'distribution: fixed'"
    for measure in inputs.catalogue:
        for range_ in (*measure.effects, measure.cost):
            assert range_.low < range_.high, measure.name


def test_constants_are_read_from_the_registers_folder() -> None:
    assert ROOT / "configs/parameters/constants.yaml" == FILE == CONSTANTS


def test_constants_are_asked_for_by_name_and_not_overridden() -> None:
    with pytest.raises(InputError, match="unknown parameter 'usual_skil': did you mean 'usual_skill'"):
        constant("usual_skil")
    with pytest.raises(
        InputError, match=r"'usual_skill' is part of the model's structure; .*constants\.yaml"
    ):
        Inputs.read(ROOT / "configs", {"usual_skill": 0.5})
