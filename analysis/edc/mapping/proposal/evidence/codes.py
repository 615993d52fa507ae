"""Codes of the layout for the texts of a column, by their words or their labels."""

import re
from collections.abc import Mapping

from analysis.edc.cells.yes_no import fold as fold_yes_no
from analysis.edc.cells.yes_no import load_spellings
from analysis.edc.door.remedies.codes import find_code
from analysis.edc.layout import Column
from analysis.edc.mapping.proposal.evidence.candidate import Candidate
from analysis.edc.mapping.proposal.words.likeness import PART, compare, load_code_words

DAYS_A_MONTH = 30
_BARE = re.compile(r"_([0-9]{1,3})(?![0-9])")
_HOURS = re.compile(
    r"(?:^|[^0-9])([0-9]{1,3})\s*(?:h|hour|hours|hrs|小时)(?:[^a-z]|$)"
    r"|h(?:our|ours|r|rs)?[ _-]*([0-9]{1,3})"
)
_DAYS = re.compile(
    r"(?<![a-z])d(?:ay)?[ _-]*([0-9]{1,3})|([0-9]{1,3})\s*(?:d|day|days|天|日)(?:[^a-z]|$)"
)
_MONTHS = re.compile(
    r"(?<![a-z])m(?:o|on|onth|onths)?[ _-]*([0-9]{1,2})|([0-9]{1,2})\s*(?:month|months|个月|月)"
)


def map_codes(column: Column, name: str, candidate: Candidate) -> dict[str, str]:
    """Return by text of the candidate the code of the layout that it means, where one is known."""
    found = {text: find_meaning(column, name, candidate.show(text)) for text in candidate.texts}
    known = {text: code for text, code in found.items() if code}
    return known | {
        text: code
        for text in candidate.codes
        if text not in known and (code := find_meaning(column, name, candidate.codes[text]))
    }


def find_meaning(column: Column, name: str, text: str) -> str:
    """Return the code that a text or a label means; empty if none, or several, could be meant."""
    if text in column.allowed:
        return text
    if name == "VISIT":
        return find_visit(text, column.codes)[0]
    words = load_code_words().get(name, {})
    if not words:
        return find_code(text, column.allowed) or ""
    likeness = {code: compare(text, words[code]) for code in column.codes if code in words}
    best = max(likeness.values(), default=0.0)
    alike = [code for code, each in likeness.items() if each == best]
    if best > PART and len(alike) == 1:
        return alike[0]
    return ""


def is_yes_no(text: str) -> bool:
    """Return whether a text is a known spelling of yes or no."""
    return fold_yes_no(text) in load_spellings()


def say_yes_no(candidate: Candidate) -> dict[str, str]:
    """Return by code Y or N, where labels say it and the codes alone do not (1 yes, 2 no).

    >>> say_yes_no(Candidate("bl", "dm", {"1": 9, "2": 5}, 14, codes={"1": "Yes", "2": "No"}))
    {'1': 'Y', '2': 'N'}
    """
    spellings: Mapping[str, str] = load_spellings()
    said = {text: spellings.get(fold_yes_no(label), "") for text, label in candidate.codes.items()}
    known = {text: code for text, code in said.items() if code}
    is_usual = all(spellings.get(fold_yes_no(text)) == code for text, code in known.items())
    return {} if is_usual else known


def find_visit(text: str, codes: tuple[str, ...]) -> tuple[str, str]:
    """Return the visit that a text names, by its hours, days or months, and the text without it.

    >>> find_visit("mrs_month3_date", ("D30", "D90")), find_visit("EV_H24", ("H24", "D7"))
    (('D90', 'mrs__date'), ('H24', 'ev_'))
    """
    folded = text.casefold()
    for pattern, letter, factor in (
        (_HOURS, "H", 1),
        (_DAYS, "D", 1),
        (_MONTHS, "D", DAYS_A_MONTH),
        (_BARE, "D", 1),
    ):
        for match in pattern.finditer(folded):
            number = int(next(group for group in match.groups() if group))
            code = f"{letter}{number * factor}"
            code = "H24" if code == "D1" and "H24" in codes else code
            if code in codes:
                return code, folded[: match.start()] + folded[match.end() :]
    return "", text
