"""Dieharder, the battery of Brown and Marsaglia, fed with the model's own random numbers."""

import shutil
import subprocess
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

PROGRAM: Final = "dieharder"
RAW_STANDARD_INPUT: Final = "200"
WEAK_BELOW: Final = 0.005
FAILED_BELOW: Final = 1e-6
FIELDS: Final = ("test_name", "ntuple", "tsamples", "psamples", "pvalues", "assessment")


class Result(NamedTuple):
    """One p-value of the battery."""

    test: str
    ntuple: int
    p_value: float
    assessment: str  # PASSED, WEAK or FAILED


def available() -> bool:
    """Whether the program is installed."""
    return shutil.which(PROGRAM) is not None


def version() -> str:
    """The program's name and version."""
    told = subprocess.run([PROGRAM, "-l"], capture_output=True, text=True, check=False).stdout
    words = told.split()
    return f"{PROGRAM} {words[words.index('version') + 1]}"


def run(stream: Iterator[NDArray[np.uint64]], test: int, ntuple: int) -> list[Result]:
    """Let one test take what it needs from the stream, which is never rewound."""
    command = [PROGRAM, "-g", RAW_STANDARD_INPUT, "-d", str(test), "-n", str(ntuple), "-c", ","]
    for field in FIELDS:
        command += ["-D", field]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        try:
            while program.poll() is None:
                program.stdin.write(next(stream).data)
        except BrokenPipeError:
            pass  # the test has what it needs
        return parse(program.stdout.read().decode())


def assess(p_value: float) -> str:
    """The battery's own judgement of a p-value."""
    tail = min(p_value, 1.0 - p_value)
    if tail < FAILED_BELOW:
        return "FAILED"
    return "WEAK" if tail < WEAK_BELOW else "PASSED"


def parse(text: str) -> list[Result]:
    """Results from the battery's table."""
    rows = [[cell.strip() for cell in line.split(",")] for line in text.splitlines()]
    return [
        Result(row[0], int(row[1]), float(row[4]), row[5])
        for row in rows
        if len(row) == len(FIELDS) and row[5] in {"PASSED", "WEAK", "FAILED"}
    ]
