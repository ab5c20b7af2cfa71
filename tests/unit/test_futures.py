"""Which futures a comparison lives: a seed and a draw of the parameters for each run."""

from pathlib import Path

from experiments.command.choices import choose
from experiments.questions.compare.question import check


def futures(results: Path, *words: str) -> list[tuple[int, int]]:
    """Seed and draw of each run."""
    few = ["population.agents=5000", "scenarios=[frozen]", f"results={results}"]
    cells = check(choose("compare", [*few, *words])).cells
    return [(life.seed, life.draw) for cell in cells for life in cell.lives]


def test_each_run_has_a_draw_of_its_own_and_few_are_repeated(tmp_path: Path) -> None:
    found = futures(tmp_path, "seeds=100")
    assert [seed for seed, _ in found] == list(range(1, 101))
    draws = [draw for _, draw in found]
    assert draws[:8] == [1, 2, 3, 3, 4, 5, 6, 6]
    assert draws[20:26] == [16, 17, 18, 18, 19, 20]
    assert draws[24:] == list(range(19, 95))
    assert futures(tmp_path, "seeds=12") == found[:12]


def test_other_futures_share_no_seed_and_no_draw(tmp_path: Path) -> None:
    found = futures(tmp_path, "seeds=100")
    others = futures(tmp_path, "seeds=100", "first_seed=1001", "first_draw=1001")
    assert others == [(seed + 1000, draw + 1000) for seed, draw in found]


def test_draws_are_shared_or_left_out_as_before(tmp_path: Path) -> None:
    assert [draw for _, draw in futures(tmp_path, "seeds=5", "draws=2", "first_draw=7")] == [7, 8, 7, 8, 7]
    assert {draw for _, draw in futures(tmp_path, "seeds=5", "draws=0", "first_draw=7")} == {0}
