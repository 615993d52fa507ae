"""From when to when the subjects were randomised, by calendar month."""

from __future__ import annotations

from calendar import month_name

from analysis.display.ard import Ard

ANALYSIS, DATE, MISSING = "recruitment", "RANDDT", "missing"


def find_months(ard: Ard) -> tuple[str, str] | None:
    """Return the first and the last month with a randomisation, as ``2026-04``; None without."""
    rows = ard.select(ANALYSIS, "ITT", variable=DATE, stat_name="n")
    months = [row.level for row in rows if row.level not in ("", MISSING) and row.value]
    return (months[0], months[-1]) if months else None


def name_month(month: str, pattern: str) -> str:
    """Return ``April 2026`` for ``2026-04`` and the pattern ``{name} {year}``."""
    year, number = month.split("-")
    return pattern.format(name=month_name[int(number)], year=year)
