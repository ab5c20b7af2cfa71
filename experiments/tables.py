"""Tables of text for the terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def aligned(rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Align columns under the first row; the ``left`` first columns to the left, numbers to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        sized = list(zip(row, widths, strict=True))
        words = [cell.ljust(width) for cell, width in sized[:left]]
        numbers = [cell.rjust(width) for cell, width in sized[left:]]
        lines.append("  " + "  ".join(words + numbers).rstrip())
    return "\n".join(lines)


def beside_targets(table: "pd.DataFrame") -> str:
    """Lay out the rows of :func:`sim.outcomes.targets.assess`."""
    rows = [["scenario", "target", "required", "probability", "95 % interval", "mean", "5 % to 95 %", "gap"]]
    for row in table.to_dict("records"):
        chance = f"{100 * row['probability']:.0f} %"
        interval = f"{100 * row['probability_low']:.0f} to {100 * row['probability_high']:.0f} %"
        required, heads = "", ["", "", ""]
        if row["target"] != "all":
            required = f"{row['required']:,}"
            heads = [f"{row['mean']:,.0f}", f"{row['p05']:,.0f} to {row['p95']:,.0f}", f"{row['gap']:+,.0f}"]
        rows.append([row["scenario"], row["target"], required, chance, interval, *heads])
    return aligned(rows, left=2)
