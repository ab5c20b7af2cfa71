"""Random numbers keyed by (seed, worker, month, decision): no state, so lives can be paired.

The mixer is the finaliser of splitmix64 (Steele, Lea and Flood 2014). Seed, month and purpose are
hashed *into* the key and the worker's identity is mixed with it twice, because adding them leaves
correlations that a frequency test finds.
"""

from enum import IntEnum, unique
from typing import Final

import numpy as np
from numba import int64, uint64
from numpy.typing import NDArray

from sim.compiled import NO_COUNTING, compiled, with_signature

TWO_TO_MINUS_53: Final = 2.0**-53


@unique
class Purpose(IntEnum):
    """What random numbers are drawn for; those that follow from one of several begin there."""

    SCREENING = 0  # to 9: the heads of all decisions, eight a key
    DECISION = 10  # to 29: the lower bits of each decision's draw
    CONSEQUENCE = 30  # to 49: what follows from each decision
    COURSE_LOT = 201
    NEWCOMER = 210
    NEWCOMER_ROUNDING = 220
    FIRST_JOB = 300
    OWNERSHIP = 301
    FIRST_DEMOCRATIC = 302
    FIRST_PAY_BY_SKILL = 303
    DEMOCRATIC_SPREAD = 311
    PAY_BY_SKILL_SPREAD = 312
    EVALUATION = 400
    NOMINATION = 401  # to 403: by tier
    FIRST_POPULATION = 1_000  # to 1004


Word = int | np.uint64  # 64 bits: np.uint64 inside compiled functions, int when they are called from Python


@with_signature(uint64(uint64), forceinline=True, **NO_COUNTING)
def mix(x: Word) -> Word:
    """Scramble 64 bits."""
    x = np.uint64(x)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@with_signature(uint64(uint64, uint64, uint64))
def hash_key(seed: int, month: int, purpose: Word) -> Word:
    """Mix seed, month and purpose into 64 bits."""
    key = mix(np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(0xD1B54A32D192ED03))
    key = mix(key ^ (np.uint64(month) * np.uint64(0xA24BAED4963EE407)))
    return mix(key ^ (np.uint64(purpose) * np.uint64(0x9FB21C651E98DF25)))


def make_key(seed: int, month: int, purpose: int) -> np.uint64:
    """Key of all draws made for one purpose in one month of one run, for compiled functions.

    Compiled functions get the purpose as a plain number: numba takes a tenth of a millisecond to find out
    what a member of an enumeration is.
    """
    return np.uint64(hash_key(seed, month, int(purpose)))


@with_signature(uint64[::1](uint64, uint64, uint64, int64))
def hash_keys(seed: int, month: int, purpose: Word, number: int) -> NDArray[np.uint64]:
    """Mix seed, month and each of so many purposes that follow one another into 64 bits."""
    keys = np.empty(number, np.uint64)
    for k in range(number):
        keys[k] = hash_key(seed, month, np.uint64(purpose) + np.uint64(k))
    return keys


def make_keys(seed: int, month: int, purpose: int, number: int) -> NDArray[np.uint64]:
    """Keys of so many purposes that follow one another, shape (number,)."""
    return hash_keys(seed, month, int(purpose), number)


@with_signature(uint64(uint64, uint64), forceinline=True, **NO_COUNTING)
def bits(key: Word, identity: Word) -> Word:
    """64 random bits of one worker under one key."""
    return mix(mix(np.uint64(identity) ^ key) + key)


@with_signature("float64(uint64, uint64)", forceinline=True, **NO_COUNTING)
def uniform(key: Word, identity: Word) -> float:
    """A number in [0, 1) of one worker under one key."""
    return float(bits(key, identity) >> np.uint64(11)) * TWO_TO_MINUS_53


@compiled
def uniforms(key: Word, identities: NDArray[np.uint64]) -> NDArray[np.float64]:
    """A number in [0, 1) for each identity under one key, in their shape ``(n,)``."""
    numbers = np.empty(identities.size, np.float64)
    for n in range(identities.size):
        numbers[n] = uniform(key, identities[n])
    return numbers


@with_signature("float64(float64)", **NO_COUNTING)
def probability(hazard: float) -> float:
    """Probability ``1 - exp(-hazard)`` of at least one event, equal to the bit on every machine.

    Summed as a Taylor series after halving, because library exponentials differ between processors
    in the last bit. Accurate to 1e-13 for hazards from 0 to 64.
    """
    halvings = 0
    while hazard > 0.125:
        hazard *= 0.5
        halvings += 1
    tail = 1.0 - hazard * (1.0 / 7.0) * (1.0 - hazard * 0.125)
    tail = 1.0 - hazard * 0.2 * (1.0 - hazard * (1.0 / 6.0) * tail)
    tail = 1.0 - hazard * (1.0 / 3.0) * (1.0 - hazard * 0.25 * tail)
    survival = 1.0 - hazard * (1.0 - hazard * 0.5 * tail)
    for _ in range(halvings):
        survival *= survival
    return 1.0 - survival
