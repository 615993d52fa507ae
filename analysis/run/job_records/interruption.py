"""Signals that end a run: they are said, and not taken for a fault of the program."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType, TracebackType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
INTERRUPTED = 130
"""The status of a process that was ended from the keyboard."""

_notes: list[int] = []
"""File descriptors from which noted signals are read."""


class Interruption(KeyboardInterrupt):
    """The process was told to end. ``str``: the name of the signal."""


@contextmanager
def heeding_signals() -> Iterator[None]:
    """Raise Interruption in the block at a signal that ends processes.

    Signals that whoever started the process has it ignore (``nohup``) stay ignored.
    """
    earlier = {}
    for number in SIGNALS:
        with suppress(ValueError):  # not in the main thread
            if signal.getsignal(number) is not signal.SIG_IGN:
                earlier[number] = signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def note_signals() -> None:
    """Let the main process note the signals that end it, whoever handles them.

    The workflow engine puts its own handler in the place of any other, so what is noted is what
    the interpreter writes down of each signal before a handler is called.
    """
    reading, writing = os.pipe()
    for end in (reading, writing):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    _notes.append(reading)
    if signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:
        signal.signal(signal.SIGHUP, _interrupt)


def name_noted_signal() -> str:
    """Return the first signal that was noted and ends processes; empty if there was none."""
    for reading in _notes:
        with suppress(BlockingIOError):
            for number in os.read(reading, 64):
                if number in SIGNALS:
                    return signal.Signals(number).name
    return ""


def say_interrupted(name: str) -> str:
    """Return the message of a run that a signal ended."""
    by = f" ({name})" if name else ""
    return f"The run was interrupted{by}. Start it again with the same command."


def name_status(status: int) -> str:
    """Return the signal by which a process ended, by its status; empty if by none."""
    number = -status if status < 0 else status - 128
    try:
        return signal.Signals(number).name
    except ValueError:
        return ""


def _interrupt(number: int, _frame: FrameType | None) -> None:
    raise Interruption(signal.Signals(number).name)


def hide_interruptions() -> None:
    """Let this process, when it is told to end, end without a traceback on the terminal."""
    shown = sys.excepthook

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            shown(kind, error, trace)

    sys.excepthook = show
