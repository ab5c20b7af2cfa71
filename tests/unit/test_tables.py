"""Tables in the terminal: scenarios by their titles, columns that stand, zero without a sign."""

import pandas as pd

from experiments.pages.terminal import aligned, beside_targets
from experiments.pages.words import width_of


def row(scenario: str, gap: float) -> dict[str, object]:
    chances = {"probability": 0.5, "probability_low": 0.2, "probability_high": 0.8}
    return {
        "scenario": scenario, "target": "city", "required": 50_000, "mean": 50_000 + gap, "p05": 49_000.0,
        "p95": 51_000.0, "gap": gap, **chances,
    }  # fmt: skip


def test_scenarios_stand_with_their_titles_and_zero_has_no_sign() -> None:
    titles = {"frozen": "Measures frozen", "mine": "加快 <b>培养</b> $x$ {a} 50%"}
    text = beside_targets(pd.DataFrame([row("frozen", -0.3), row("mine", -1_234.4)]), titles)
    lines = text.splitlines()
    assert lines[1].strip().startswith("Measures frozen")
    assert lines[1].split()[-1] == "0"
    assert titles["mine"] in lines[2]
    assert lines[2].endswith("\N{MINUS SIGN}1,234")


def test_chinese_columns_stand_below_each_other() -> None:
    lines = aligned([["工匠", "1"], ["abcdef", "22"]]).splitlines()
    assert {width_of(line) for line in lines} == {len("  abcdef  22")}
