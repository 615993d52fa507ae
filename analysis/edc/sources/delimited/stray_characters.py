"""Characters that a CSV should not hold but a cell may: zero bytes and stray carriage returns.

Where they touch a cell alone the file is read, and the cell gets its query; a file that is damaged,
or in another encoding than it is read in, is refused.
"""

import re

from analysis.errors import DataError

ZERO_BLOCK = 4
"""Zero bytes in a row that no typist and no database puts into a cell: a part of the file that was
never written, or UTF-32."""

_BARE_RETURN = re.compile(r"\r(?!\r*\n)")
_STAND_IN = "\udc0d"
"""A lone surrogate, which no decoded text holds."""


def require_no_zero_block(name: str, text: str) -> None:
    """Raise DataError if many zero bytes stand in a row, which is damage."""
    block = text.find("\0" * ZERO_BLOCK)
    if block >= 0:
        line = text.count("\n", 0, block) + 1
        raise DataError(
            f"{name}: line {line}: a zero byte and more after it, so the file is damaged. Export "
            "it again"
        )


def require_no_zero_header(name: str, line: int, header: str) -> None:
    """Raise DataError if zero bytes stand in the header, as in UTF-16 that was read otherwise."""
    if "\0" in header:
        raise DataError(
            f"{name}: line {line}: zero bytes in the header, so the file is damaged, or UTF-16 "
            "that was read in another encoding (key encoding in config/edc.yaml). Export it again "
            "as UTF-8"
        )


def hide_bare_returns(text: str) -> str:
    r"""Return text in which a carriage return that ends no line does not end one for the reader.

    Where the header ends with ``\n``, lines do, and a bare ``\r`` is a part of a cell; otherwise it
    is the line end of the file.
    """
    if "\r" not in text:
        return text
    ends = re.search(r"\r*\n|\r", text)
    return _BARE_RETURN.sub(_STAND_IN, text) if ends and ends[0].endswith("\n") else text


def has_hidden_returns(text: str) -> bool:
    """Return whether :func:`hide_bare_returns` hid any."""
    return _STAND_IN in text


def show_bare_returns(row: list[str]) -> list[str]:
    """Return the cells with the carriage returns that :func:`hide_bare_returns` hid."""
    return [cell.replace(_STAND_IN, "\r") for cell in row]
