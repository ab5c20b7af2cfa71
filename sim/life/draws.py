"""The draws of a worker's month: one byte for each decision for screening, the rest only when needed."""

from typing import Final

import numpy as np

from sim.chance import Word, bits, probability, uniform
from sim.compiled import inlined
from sim.life.surroundings import World

HEADS: Final = 256  # values of a head, one of the eight bytes of a screening draw
UINT8_MASK: Final = np.uint64(0xFF)
UINT16_MASK: Final = np.uint64(0xFFFF)
UINT32_MASK: Final = np.uint64(0xFFFFFFFF)


@inlined
def head(draw: Word, decision: int) -> Word:
    """The decision's head, 0 to 255, in its screening draw of eight heads."""
    return (draw >> np.uint64(8 * (decision % 8))) & UINT8_MASK


@inlined
def rounding(draw_head: Word) -> float:
    """The number in (0, 1) that rounds a reviewed worker's skill and attitudes without bias."""
    return (float(draw_head) + 0.5) / float(HEADS)


@inlined
def is_open(decision: int, draw_head: Word, world: World) -> bool:
    """Whether the head lets this decision through its bound."""
    return bool(draw_head <= world.month.bounds[decision])


@inlined
def strikes(decision: int, draw_head: Word, identity: Word, hazard: float, world: World) -> bool:
    """Whether an event of this yearly hazard happens this month.

    A probability never exceeds its hazard, so most draws are settled by the head alone.
    """
    expected = hazard * world.month.step_years
    u = float(draw_head) / float(HEADS)
    if u >= expected:
        return False
    u += uniform(world.month.draw_keys[decision], identity) / float(HEADS)
    return bool(u < expected and u < probability(expected))


@inlined
def choices(decision: int, identity: Word, world: World) -> tuple[float, float, float]:
    """Three further numbers in [0, 1) of 16, 32 and 16 bits for what follows from a decision."""
    draw = bits(world.month.choice_keys[decision], identity)
    kind = float(draw & UINT16_MASK) / 65536.0
    place = float((draw >> np.uint64(16)) & UINT32_MASK) / 4294967296.0
    side = float(draw >> np.uint64(48)) / 65536.0
    return kind, place, side


@inlined
def time_left(decision: int, draw_head: Word, identity: Word, hazard: float, world: World) -> float:
    """Share of the step that is left when an event of this yearly hazard has struck.

    The draw that struck is even from 0 to the probability. Its share of it is the share that has passed.
    """
    u = float(draw_head) + uniform(world.month.draw_keys[decision], identity)
    return float(1.0 - u / (float(HEADS) * probability(hazard * world.month.step_years)))


@inlined
def strikes_within(left: float, decision: int, identity: Word, hazard: float, world: World) -> bool:
    """Whether an event of this yearly hazard happens in the share of the step that is left."""
    u = uniform(world.month.draw_keys[decision], identity)
    return bool(u < probability(hazard * left * world.month.step_years))
