"""Formats of numbers in workbooks: which of them show a date or a time.

Source: ECMA-376 part 1, 18.8.30 (numFmt), with the formats of Chinese, Japanese and Korean.
"""

import re

BUILT_IN = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_NO_PART = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
"""Texts, single characters, blanks as wide as one, fillings; colours, conditions and languages."""
_GENERAL = re.compile("general", re.IGNORECASE)
_PART = re.compile("[dmyhs]", re.IGNORECASE)


def is_moment(number: int, code: str | None) -> bool:
    """Return whether a format shows a date or a time; ``code``: of a format of the workbook's own.

    >>> [is_moment(14, None), is_moment(164, 'yyyy"-"mm'), is_moment(165, '0.0"d"')]
    [True, True, False]
    """
    if code is None:
        return number in BUILT_IN
    first = _GENERAL.sub("", _NO_PART.sub("", code).partition(";")[0])
    return _PART.search(first) is not None
