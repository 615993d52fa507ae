"""Names that stand several times in a header: refused, or numbered as the mapping declares."""

from collections import Counter
from collections.abc import Sequence

from analysis.config.mapping import RepeatedHeaders
from analysis.errors import DataError


def name_columns(place: str, header: Sequence[str], repeated: RepeatedHeaders) -> list[str]:
    """Return the names of columns, each once if ``repeated`` is ``number``; else as they stand.

    The second column of a name gets ``(2)`` behind it, from left to right, the third ``(3)``.
    Names are compared without blanks and case; one that is empty stays so. Raises DataError if a
    numbered name stands in the header itself. ``place``: how a message begins.

    >>> name_columns("a.csv", ["Date", "Sex", "Date"], "number")
    ['Date', 'Sex', 'Date (2)']
    """
    if repeated == "refuse":
        return list(header)
    counts: Counter[str] = Counter()
    names = []
    for name in map(str.strip, header):
        counts[name.casefold()] += 1
        number = counts[name.casefold()]
        names.append(f"{name} ({number})" if name and number > 1 else name)
    doubled = [name for name, n in Counter(map(str.casefold, names)).items() if name and n > 1]
    if doubled:
        raise DataError(
            f"{place}: {', '.join(doubled)} stands in the header and is what repeated_headers: "
            "number would call another column. Rename one of them in the export"
        )
    return names
