"""Tables and numbers as the page writes them."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> str:
    """A table in Markdown; columns named in ``right`` are set to the right."""
    rule = ["---:" if name in right else "---" for name in head]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))


def number(value: float) -> str:
    """Three digits, or whole with commas when large."""
    return f"{value:,.0f}" if abs(value) >= 100.0 else f"{value:.3g}"


def within(values: Sequence[float]) -> str:
    """Mean with the lowest and the highest in brackets, when they differ."""
    mean, low, high = sum(values) / len(values), min(values), max(values)
    return (
        number(mean) if number(low) == number(high) else f"{number(mean)} ({number(low)} to {number(high)})"
    )
