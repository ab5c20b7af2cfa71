"""The numbers of the model's structure, from ``configs/parameters/constants.yaml``.

No draw varies them, so that modules read them once, when they are imported, and compiled code holds them.
"""

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from sim.parameters import Register

FILE: Final = Path(__file__).resolve().parent.parent / "configs/parameters/constants.yaml"


@cache
def register() -> Register:
    """All constants with unit, range, evidence and source."""
    return Register.read(FILE)


def constant(name: str) -> float:
    """One number; InputError for a name that the file does not hold."""
    (number,) = constants(name)
    return number


def constants(name: str) -> tuple[float, ...]:
    """A list of numbers."""
    return tuple(float(number) for number in np.atleast_1d(register()[name].value))


def pair(name: str) -> tuple[float, float]:
    """A list of two numbers, such as bounds."""
    first, second = constants(name)
    return first, second


def whole(name: str) -> tuple[int, ...]:
    """A list of whole numbers."""
    return tuple(int(number) for number in constants(name))


def matrix(name: str, columns: int) -> tuple[tuple[float, ...], ...]:
    """A table that the file holds row by row."""
    return tuple(tuple(row) for row in np.reshape(constants(name), (-1, columns)).tolist())
