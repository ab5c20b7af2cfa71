"""Compiled code: one process makes it and the others wait."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import time
from pathlib import Path
from experiments.runs import compiling, machine

def compile_slowly():
    log = Path({log!r})
    log.write_text(log.read_text() + "begin ")
    time.sleep(0.3)
    log.write_text(log.read_text() + "end ")

compiling.compile_all = compile_slowly
machine.compile_once()
"""


def test_one_of_several_processes_compiles(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("")
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    words = [sys.executable, "-c", PROGRAM.format(log=str(log))]
    started = [subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL) for _ in range(3)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0]
    assert log.read_text() == "begin end "
