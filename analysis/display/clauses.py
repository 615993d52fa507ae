"""Labels in lines that end where a clause ends, as Chinese words have no spaces between them."""

from __future__ import annotations

import re

from analysis.display.language import is_chinese
from analysis.display.typography import text_width, wrap_text

_CLAUSE_ENDS = re.compile("(?<=[，：；、])|(?<=/ )|(?<= )(?=[A-Za-z])")


def wrap_label(text: str, size: float, width: float, weight: str = "normal") -> tuple[str, ...]:
    """Return a label in lines of at most ``width`` inches, of the house's ``size``.

    English breaks between words. Chinese breaks between clauses, and elsewhere only inside a
    clause that is longer than a line.
    """
    if not is_chinese():
        return wrap_text(text, size, width, weight)
    lines: list[str] = []
    for clause in _CLAUSE_ENDS.split(text):
        longer = f"{lines[-1]}{clause}" if lines else clause
        if lines and text_width(longer.rstrip(), size, weight) <= width:
            lines[-1] = longer
        else:
            lines += wrap_text(clause, size, width, weight)
    return tuple(line.rstrip() for line in lines)
