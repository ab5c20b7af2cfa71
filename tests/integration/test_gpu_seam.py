"""The rules of a worker's month compile for a GPU as they stand; no card is needed for that.

`pip install 'numba-cuda[cu12]'` brings the compiler. What a card would need beside the rules is said in
docs/decisions/0033-a-seam-for-a-gpu.md.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final

import pytest
from numba import cuda, typeof, types

from sim import chance
from sim.compiled import one_after_another
from sim.life.decisions import TABLE, Decision
from sim.life.draws import head
from sim.life.flows import Counts
from sim.life.surroundings import World
from sim.workforce.columns import VACANT
from tests.country import past

CAPABILITY: Final = (9, 0)
RULES: Final = [
    pytest.param(row, kind, id=f"{row.name}-{kind}")
    for row in TABLE
    for kind in ("decide", "hazard", "most")
    if getattr(row, kind)
]

pytest.importorskip("numba_cuda", reason="numba-cuda is not installed")


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Compile a rule to the instructions of a card, as it has to be for results that are equal to the bit."""
    from numba.cuda import dispatcher
    from numba.cuda.cudadrv import nvvm

    real = nvvm.compile_ir

    def unfused(code: Any, **options: Any) -> Any:
        return real(code, **{**options, "fma": False})  # a fused multiply-add rounds once instead of twice

    monkeypatch.setattr(nvvm, "compile_ir", unfused)
    card = SimpleNamespace(compute_capability=CAPABILITY)
    monkeypatch.setattr(dispatcher, "get_current_device", lambda: card)
    for drawn in (chance.mix, chance.bits, chance.uniform, chance.probability):
        monkeypatch.setattr(drawn, "_can_compile", True)  # they have but one signature on the processor

    def compile_rule(rule: Any, *arguments: Any, device: bool = True) -> str:
        code, _ = cuda.compile_ptx(rule.py_func, arguments, device=device, cc=CAPABILITY)
        return str(code)

    return compile_rule


@pytest.mark.parametrize(("row", "kind"), RULES)
def test_a_rule_compiles_and_fuses_nothing(row: Decision, kind: str, compiler: Callable[..., str]) -> None:
    rates, law, around, month = past().world()
    state = past().state
    worker = types.uint64, typeof(state.population.workers), typeof(World(rates, law[0], around, month))
    counts = typeof(Counts(state.counts.flows[0], state.counts.enterprises[0]))
    arguments = {
        "decide": (*worker, types.uint64, counts),
        "hazard": worker,
        "most": (typeof(rates[0]), typeof(law[0]), typeof(around)),
    }
    code = compiler(getattr(row, kind), *arguments[kind])
    assert ".func" in code
    assert "fma.rn" not in code


def turn_of(number: int, decide: Any) -> Callable[..., None]:
    """A decision of one worker, if its head lets it through."""

    def turn(i: int, draw: Any, workers: Any, world: Any, counts: Any) -> None:
        drawn = head(draw, number)
        if workers.status[i] != VACANT and drawn <= world.month.bounds[number]:
            decide(i, workers, world, drawn, counts)

    return turn


def test_a_month_compiles_as_one_kernel(compiler: Callable[..., str]) -> None:
    turns = one_after_another([turn_of(row.number, row.decide) for row in TABLE if row.decide])

    def kernel(workers: Any, rates: Any, law: Any, around: Any, month: Any, counts: Any) -> None:
        i = cuda.grid(1)
        if i < workers.status.size:
            draw = chance.bits(month.screen_keys[0], workers.identity[i])
            turns(i, draw, workers, World(rates, law[0], around, month), counts)

    counts = Counts(past().state.counts.flows[0], past().state.counts.enterprises[0])
    arguments = (past().state.population.workers, *past().world(), counts)
    code = compiler(SimpleNamespace(py_func=kernel), *map(typeof, arguments), device=False)
    assert ".entry" in code
    assert "fma.rn" not in code
