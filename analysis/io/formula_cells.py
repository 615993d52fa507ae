"""Cells that a spreadsheet would compute, written as text: an apostrophe stands before them.

A formula begins with ``=``, ``+``, ``-`` or ``@``, or their full-width forms, blanks and
apostrophes left aside; what begins with a tab or a carriage return may be one (OWASP, CSV
injection). Numbers and ranges of numbers below zero begin with a hyphen and are none.
"""

import re

APOSTROPHE = "'"

_START = re.compile(r"['\s]*[=+\-@＝＋－＠]|'*[\t\r]")
_VALUE = r"-?[0-9][0-9,]*(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?%?"
_NUMBERS = re.compile(rf"'*{_VALUE}(?: to {_VALUE}| \({_VALUE}(?:(?: to |, ){_VALUE})?\))?")


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet may take a text for a formula, with or without apostrophes."""
    return _START.match(text) is not None and _NUMBERS.fullmatch(text) is None


def escape_formula(text: str) -> str:
    """Return the text as a cell that a spreadsheet shows and does not compute."""
    return APOSTROPHE + text if is_formula(text) else text


def unescape_formula(cell: str) -> str:
    """Return the text whose cell it is: the inverse of :func:`escape_formula`, for any text."""
    return cell[1:] if cell.startswith(APOSTROPHE) and is_formula(cell) else cell
