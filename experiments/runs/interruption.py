"""Ctrl-C and SIGTERM: they end the work at a moment at which it can be kept."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import resource_tracker
from types import FrameType, ModuleType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interruption(KeyboardInterrupt):
    """The work ends early.

    Parameters
    ----------
    kept
        What of it is kept, for the user.
    number
        The signal that ended it.
    """

    def __init__(self, kept: str = "", number: int = signal.SIGINT) -> None:
        super().__init__(kept)
        self.number = number


class FailedLivesError(Exception):
    """Some lives could not be lived; the others are kept."""


def exit_code(interruption: KeyboardInterrupt) -> int:
    """Give the code that shells know: 130 after Ctrl-C, 143 after SIGTERM."""
    return 128 + getattr(interruption, "number", signal.SIGINT)


def saying(interruption: KeyboardInterrupt, kept: str) -> Interruption:
    """Give the same interruption with other words."""
    return Interruption(kept, getattr(interruption, "number", signal.SIGINT))


@contextmanager
def signals_end_work() -> Iterator[None]:
    """Make SIGTERM end the work like Ctrl-C: with what is half done removed.

    Some packages answer an interruption while they are imported with an error of their own.
    """
    came: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        came.append(number)
        _end_now(number, frame)

    with _handled(end):
        try:
            yield
        except Exception as fault:
            if came:
                raise Interruption(number=came[0]) from fault
            raise


@contextmanager
def signals_held() -> Iterator[list[int]]:
    """Give the list of the signals that came, for who decides when to end; a second one ends at once."""
    came: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if came:
            _end_now(number, frame)
        came.append(number)

    with _handled(note):
        yield came


@contextmanager
def starting_processes() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach, though a terminal sends it to all: they inherit the block.

    Here it works as ever, because a thread receives it.
    """
    resource_tracker.ensure_running()  # else it starts with the first process, and unblocks the signal
    over = threading.Event()
    threading.Thread(target=over.wait, daemon=True).start()
    try:
        with _masked(signal.SIG_BLOCK), _script_hidden():
            yield
    finally:
        over.set()


@contextmanager
def _script_hidden() -> Iterator[None]:
    """Hide the script that runs: each new process would run it from its top, and start further ones there."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def reached_by_ctrl_c() -> AbstractContextManager[None]:
    """Let Ctrl-C in where :func:`starting_processes` kept it out; one that came meanwhile comes now."""
    return _masked(signal.SIG_UNBLOCK)


@contextmanager
def _masked(how: int) -> Iterator[None]:
    before = signal.pthread_sigmask(how, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_now(number: int, _: FrameType | None) -> None:
    raise Interruption(number=number)


@contextmanager
def _handled(handler: object) -> Iterator[None]:
    """Let a handler receive the signals; only the main thread may choose one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, handler) for number in SIGNALS}  # type: ignore[arg-type]
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)
