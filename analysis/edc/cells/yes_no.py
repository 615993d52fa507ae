"""Yes and no in any spelling and language (``yes_no: any``), ticks of boxes among them."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

from analysis.config.load import read_yaml
from analysis.edc.cells.told import Step
from analysis.edc.layout import YES_NO
from analysis.edc.written.normal import normalise

SPELLINGS_FILE = Path(__file__).with_name("yes_no.yaml")
DIGITS = ("0", "1")
SECOND_DIGIT = "2"
"""Beside it 0 and 1 are a coding of their own, such as 1 for yes and 2 for no: ``values`` says."""


@cache
def load_spellings() -> dict[str, str]:
    """Return by folded spelling Y or N."""
    return {
        fold(str(spelling)): code
        for code, languages in read_yaml(SPELLINGS_FILE).items()
        for spellings in languages.values()
        for spelling in spellings
    }


def fold(text: str) -> str:
    """Return a text as spellings are compared: without case, width, and a dot at the end."""
    return normalise(text).casefold().removesuffix(".")


def read_yes_no(texts: Collection[str]) -> Step:
    """Return the step that reads the texts of one column; what is no known spelling stays.

    ``texts``: all that stand in the column. Where a 2 is among them, 0 and 1 are not read.

    >>> step = read_yes_no(["Yes", "non"])
    >>> step("Yes"), step("NON"), step("maybe")
    (('Y', 'Yes as Y'), ('N', 'NON as N'), ('maybe', ''))
    """
    known = load_spellings()
    if any(fold(text) == SECOND_DIGIT for text in texts):
        known = {text: code for text, code in known.items() if text not in DIGITS}

    def step(text: str) -> tuple[str, str]:
        code = known.get(fold(text))
        if code is None or text in YES_NO:
            return text, ""
        return code, f"{text} as {code}"

    return step
