"""One level: margins, ties of rounding, and what censoring hides."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.models.win_odds.win_ratio.priorities import EventTimes, Measurement, read_priority

EVENT, CENSORED = 1, 0


def decide(level: Measurement | EventTimes) -> int:
    """1 if the first of two rows wins, -1 if the second does, 0 if neither."""
    bounds = read_priority(level, 2, "level")
    wins = bounds.beats(bounds)
    assert not wins[0, 0]
    assert not wins[1, 1]
    return int(wins[0, 1]) - int(wins[1, 0])


@pytest.mark.parametrize(
    ("first", "second", "margin", "won"),
    [
        (0.1 + 0.2, 0.3, 0.0, 0),
        (0.31, 0.30, 0.0, 1),
        (0.345, 0.295, 0.05, 0),
        (0.346, 0.295, 0.05, 1),
        (0.2, 0.3, 0.05, -1),
        (np.nan, 0.3, 0.0, 0),
        (1e9 + 1, 1e9, 0.0, 0),
    ],
)
def test_a_score_wins_beyond_the_margin(
    first: float, second: float, margin: float, won: int
) -> None:
    assert decide(Measurement([first, second], lower_is_better=False, margin=margin)) == won
    assert decide(Measurement([first, second], lower_is_better=True, margin=margin)) == -won


@pytest.mark.parametrize(
    ("first", "second", "margin", "won"),
    [
        ((40, EVENT), (20, EVENT), 0, 1),
        ((20, EVENT), (20, EVENT), 0, 0),
        ((90, CENSORED), (20, EVENT), 0, 1),
        ((20, CENSORED), (20, EVENT), 0, 1),
        ((19, CENSORED), (20, EVENT), 0, 0),
        ((90, CENSORED), (20, CENSORED), 0, 0),
        ((27, EVENT), (20, EVENT), 7, 0),
        ((28, EVENT), (20, EVENT), 7, 1),
        ((27, CENSORED), (20, EVENT), 7, 1),
        ((26, CENSORED), (20, EVENT), 7, 0),
    ],
)
def test_a_time_wins_where_the_other_event_came_first(
    first: tuple[int, int], second: tuple[int, int], margin: float, won: int
) -> None:
    times, events = zip(first, second, strict=True)
    assert decide(EventTimes(times, events, margin)) == won
    assert decide(EventTimes(times[::-1], events[::-1], margin)) == -won
