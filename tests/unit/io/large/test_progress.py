"""Progress is told once a subject, and then at most every ten seconds."""

from __future__ import annotations

import pytest

from analysis.io.large import progress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, to be set."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_subject_is_told_once_and_again_after_a_while(clock: list[float]) -> None:
    lines: list[str] = []
    with progress.telling(lines.append):
        for seconds in (0.0, 9.0, 11.0, 20.0):
            clock[0] = seconds
            progress.tell("ie", f"at {seconds:g}")
        progress.tell("ae", "another")
    assert lines == ["at 0", "at 11", "another"]


def test_nobody_is_told_afterwards(clock: list[float]) -> None:
    lines: list[str] = []
    with pytest.raises(ValueError, match="x"), progress.telling(lines.append):
        raise ValueError("x")
    progress.tell("ie", "reading")
    assert lines == []
