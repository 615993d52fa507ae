"""Why a model has no estimate, in the language that applies now.

The frame holds these reasons as the models give them, in English.
"""

from __future__ import annotations

import re
from functools import cache

from analysis.display.ard import NOT_ESTIMABLE_PREFIX
from analysis.display.words.language import is_chinese, say

REASONS = (
    "separation along column {columns}: no finite estimate exists",
    "the fit diverges, and separation could not be excluded",
    "the fit did not converge: {why}",
    "too few subjects, {n} for {columns} columns",
    "constant column {columns}",
    "the outcome has one observed level ({level})",
    "nobody has an mRS of {level} or lower",
    "everybody has an mRS of {level} or lower",
    "only {arm} has an outcome",
    "no subject of the set has an outcome",
    "nobody has an event",
    "nobody died in {arm}",
    "no subject in {arm}",
    "all rows are in one cluster: no cluster variance exists",
    "no reason given",
)
"""The reasons that data of a trial bring about; the braces hold what differs."""


def say_reason(reason: str) -> str:
    """Return a reason of the frame in words; one that is not in :data:`REASONS` as it stands."""
    if not is_chinese():
        return reason
    if reason.startswith(NOT_ESTIMABLE_PREFIX):
        inner = say_reason(reason.removeprefix(NOT_ESTIMABLE_PREFIX))
        return say("not estimable: {reason}", reason=inner)
    for template in REASONS:
        found = _compile(template).fullmatch(reason)
        if found:
            return say(template, **found.groupdict())
    return reason


@cache
def _compile(template: str) -> re.Pattern[str]:
    """The pattern of a template: its text, and a group for each name in braces."""
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(
            f"(?P<{part}>.+)" if number % 2 else re.escape(part)
            for number, part in enumerate(parts)
        )
    )
