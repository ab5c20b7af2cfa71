# ruff: noqa: INP001 - a script of the documentation, not a package
"""Write the figures of speed in README.md from docs/benchmark.json.

Run from the repository: ``python docs/generate_benchmark_table.py``. With the path of another
``benchmark.json``, which ``workforce benchmark`` wrote, that one is taken over first.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from experiments.questions.benchmark.summary import markdown

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "README.md"
MEASURED = ROOT / "docs/benchmark.json"
BEGIN = "<!-- speed: begin; written by docs/generate_benchmark_table.py from docs/benchmark.json -->"
END = "<!-- speed: end -->"


def page() -> str:
    """The whole README, with the figures between the marks."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    figures = markdown(json.loads(MEASURED.read_text(encoding="utf-8")))
    return f"{before}{BEGIN}\n\n{figures}\n{END}{after}"


if __name__ == "__main__":
    if sys.argv[1:]:
        MEASURED.write_text(Path(sys.argv[1]).read_text(encoding="utf-8"), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
