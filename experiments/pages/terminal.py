"""Tables of text for the terminal."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from experiments.pages.words import grouped, signed, width_of

if TYPE_CHECKING:
    import pandas as pd


def aligned(rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Align columns under the first row; the ``left`` first columns to the left, numbers to the right."""
    widths = [max(width_of(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        room = [" " * (most - width_of(cell)) for cell, most in zip(row, widths, strict=True)]
        words = [cell + space for cell, space in zip(row[:left], room[:left], strict=True)]
        numbers = [space + cell for cell, space in zip(row[left:], room[left:], strict=True)]
        lines.append("  " + "  ".join(words + numbers).rstrip())
    return "\n".join(lines)


def beside_targets(table: "pd.DataFrame", labels: Mapping[str, str]) -> str:
    """Lay out the rows of :func:`sim.outcomes.attainment.assess`; ``labels`` is what scenarios are called."""
    rows = [["scenario", "target", "required", "probability", "95 % interval", "mean", "5 % to 95 %", "gap"]]
    for row in table.to_dict("records"):
        chance = f"{100 * row['probability']:.0f} %"
        interval = f"{100 * row['probability_low']:.0f} to {100 * row['probability_high']:.0f} %"
        required, heads = "", ["", "", ""]
        if row["target"] != "all":
            required = f"{row['required']:,}"
            heads = [
                f"{row['mean']:,.0f}",
                f"{row['p05']:,.0f} to {row['p95']:,.0f}",
                signed(row["gap"], grouped),
            ]
        rows.append([labels[row["scenario"]], row["target"], required, chance, interval, *heads])
    return aligned(rows, left=2)
