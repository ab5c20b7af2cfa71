"""Ctrl-C and SIGTERM: they end the work at a moment at which it can be kept."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

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


def exit_code(interruption: KeyboardInterrupt) -> int:
    """Give the code that shells know: 130 after Ctrl-C, 143 after SIGTERM."""
    return 128 + getattr(interruption, "number", signal.SIGINT)


def saying(interruption: KeyboardInterrupt, kept: str) -> Interruption:
    """Give the same interruption with other words."""
    return Interruption(kept, getattr(interruption, "number", signal.SIGINT))


@contextmanager
def signals_end_work() -> Iterator[None]:
    """Make SIGTERM end the work like Ctrl-C: with what is half done removed."""
    with _handled(_end_now):
        yield


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
