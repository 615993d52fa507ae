"""Sources that the mapping names and the export lacks: which may be meant."""

import difflib
from collections.abc import Collection

from analysis.edc.absent.columns import NEAREST, SIMILAR


def describe_absent_source(table: str, source: str, there: Collection[str]) -> str:
    """Return that a table's source is not there, and which are; not all of them, where that is so.

    >>> describe_absent_source("mrs", "rankin", ["rankin_90"])
    'table mrs: no source rankin in the export, as the mapping names it. Name one that is there \
(tables.mrs.source): rankin_90'
    """
    near = difflib.get_close_matches(source, there, NEAREST, SIMILAR) or sorted(there)[:NEAREST]
    shown = ", ".join(near) or "there is none"
    if len(there) > len(near):
        shown += f" (of {len(there)} sources)"
    return (
        f"table {table}: no source {source} in the export, as the mapping names it. Name one that "
        f"is there (tables.{table}.source): {shown}"
    )
