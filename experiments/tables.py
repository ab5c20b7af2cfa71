"""Tables of text for the terminal."""

from collections.abc import Sequence


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
