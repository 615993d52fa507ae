"""Enrolment in an abstract: numbers randomised, when, by arm, with age and sex (SAP 4)."""

from calendar import month_name

from analysis.config import Plan
from analysis.display.ard import Ard
from analysis.display.prose.journal import Journal, Passage, name_group
from analysis.display.text.format import NOT_COLLECTED

ANALYSIS, DATE, MISSING = "recruitment", "RANDDT", "missing"

NO_DATES = "The results hold no dates of randomisation."
NO_AGE = "The results hold no age."
NO_SEX = "The results hold no sex."
AGE, SEX, WOMEN = "AGE", "SEX", "F"


def say_enrolment(ard: Ard, plan: Plan, journal: Journal) -> Passage:
    """Return how many were randomised, from when to when, by arm, with age and sex of all."""
    months = find_months(ard)
    people, missing = _say_people(ard, journal)
    sentences = (_say_randomised(ard, plan, journal, months), *([people] if people else []))
    return Passage(sentences, (*([] if months else [NO_DATES]), *missing))


def find_months(ard: Ard) -> tuple[str, str] | None:
    """Return the first and the last month with a randomisation, as ``2026-04``; None without."""
    rows = ard.select(ANALYSIS, "ITT", variable=DATE, stat_name="n")
    months = [row.level for row in rows if row.level not in ("", MISSING) and row.value]
    return (months[0], months[-1]) if months else None


def name_month(month: str, pattern: str) -> str:
    """Return ``April 2026`` for ``2026-04`` and the pattern ``{name} {year}``."""
    year, number = month.split("-")
    return pattern.format(name=month_name[int(number)], year=year)


def _say_randomised(ard: Ard, plan: Plan, journal: Journal, months: tuple[str, str] | None) -> str:
    counts = [
        journal.numbers.count(ard.require("disposition", "n", "ITT", group, "randomised"))
        for group in ("", *plan.arms.codes)
    ]
    treatment, reference = name_group(plan.arms.treatment), name_group(plan.arms.reference)
    total = f"a total of {counts[0]} patients {journal.enrolled}"
    lead = _say_dates(journal, months)
    start = f"{lead}{total}" if lead else f"{total[0].upper()}{total[1:]}"
    return f"{start}, with {counts[1]} assigned to {treatment} and {counts[2]} to {reference}."


def _say_dates(journal: Journal, months: tuple[str, str] | None) -> str:
    if months is None or not journal.dates:
        return ""
    first, last = (name_month(month, journal.month) for month in months)
    return f"In {first}, " if first == last else journal.dates.format(first=first, last=last)


def _say_people(ard: Ard, journal: Journal) -> tuple[str, list[str]]:
    parts = {NO_AGE: _say_age(ard, journal), NO_SEX: _say_women(ard, journal)}
    clauses = [part for part in parts.values() if part]
    text = f"{', and '.join(clauses)}." if clauses else ""
    missing = [_explain(ard, note) for note, part in parts.items() if not part]
    return f"{text[:1].upper()}{text[1:]}", missing


def _explain(ard: Ard, note: str) -> str:
    """Why a characteristic is not given: not in the results, or not collected."""
    variable = {NO_AGE: AGE, NO_SEX: SEX}[note]
    rows = ard.select("baseline", "ITT", variable=variable)
    is_absent = bool(rows) and all(row.is_not_collected for row in rows)
    return f"{variable.capitalize()} was {NOT_COLLECTED}." if is_absent else note


def _say_age(ard: Ard, journal: Journal) -> str:
    values = [_baseline(ard, name, AGE) for name in ("median", "q1", "q3")]
    median, low, high = values
    if median is None or low is None or high is None:
        return ""
    decimals = 0 if all(value is None or value.is_integer() for value in values) else 1
    quartiles = journal.quartiles.format(range=journal.numbers.range(low, high, decimals))
    return f"the median age was {journal.numbers.number(median, decimals)} years ({quartiles})"


def _say_women(ard: Ard, journal: Journal) -> str:
    count, percent = (_baseline(ard, name, SEX, WOMEN) for name in ("n", "pct"))
    if count is None or percent is None:
        return ""
    everybody = ard.require("populations", "n", "ITT")
    share = journal.numbers.percent(percent, everybody)
    return f"{journal.numbers.count(count)} ({share}) were women"


def _baseline(ard: Ard, stat_name: str, variable: str, level: str = "") -> float | None:
    row = ard.find("baseline", stat_name, "ITT", "", level, variable)
    return row.value if row else None
