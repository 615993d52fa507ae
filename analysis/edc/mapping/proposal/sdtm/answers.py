"""Answers that stand in rows of their own: each as a candidate that is looked up by its subject.

What was asked of everybody (``MHTERM``, ``MHOCCUR``), findings that a subject has once, or at the
baseline (``QSTESTCD``, ``QSORRES``), when an event or intervention began and ended (``PRSTDTC``),
what stands beside the demographics (``DTHDTC``), and qualifiers of records (``QNAM``, ``QVAL``).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.config.shapes import Lookup
from analysis.edc.mapping.proposal.evidence.candidate import Candidate, count_texts
from analysis.edc.mapping.proposal.files.reading import ReadSource
from analysis.edc.mapping.proposal.sdtm.domain import (
    BASELINE,
    DEMOGRAPHICS,
    MOMENTS,
    OCCURRED,
    SUBJECT,
    TOPICS,
    Domain,
    find_domain,
)

ONCE = ("DS", "MH", "PR")
"""Domains of events and procedures that a subject has once, by plan; adverse events are none."""
CRITERIA = "IE"
"""Of which an answer tells whether a subject may take part, and no value."""
MOST = 200
"""Topics of a domain above which they are no questions of a form."""
RESULTS = ("ORRES", "STRESC")


@dataclass(frozen=True)
class Answer:
    """``candidate``: with where it is looked up. ``domain``: of its record, if it has one."""

    candidate: Candidate
    domain: str = ""


def list_answers(source: ReadSource) -> list[Answer]:
    """Return the answers of a source as its file has its rows; none if it is no data set of SDTM.

    What a subject answered in two ways is none.
    """
    domain = find_domain(source)
    if domain is None:
        return list(_list_qualifiers(Domain(source, "")))
    lists = [_list_occurrences, _list_findings, _list_moments]
    of_subject = _list_columns(domain) if domain.code == DEMOGRAPHICS else ()
    return [*(answer for each in lists for answer in each(domain)), *of_subject]


def _list_occurrences(domain: Domain) -> Iterator[Answer]:
    topic, occurred = domain.find_own(*TOPICS), domain.find_own(OCCURRED)
    if not topic or not occurred:
        return
    for name, rows in _group(domain.texts[domain.texts[occurred] != ""], topic):
        yield from _make(domain, name, rows, {topic: name}, occurred)


def _list_findings(domain: Domain) -> Iterator[Answer]:
    test, result = domain.find_own("TESTCD"), domain.find_own(*RESULTS)
    if not test or not result or domain.code == CRITERIA:
        return
    column, text = domain.find_baseline()
    of_baseline = {column: text} if column else {}
    chosen = domain.texts[domain.texts[column] == text] if column else domain.texts
    title, category = domain.find_own("TEST"), domain.find_own("CAT")
    for code, rows in _group(chosen, test):
        name = str(rows[title].iloc[0]) if title else code
        scale = str(rows[category].iloc[0]) if category else ""
        is_alone = scale and chosen.loc[chosen[category] == scale, test].nunique() == 1
        label = f"{BASELINE} {scale}" if column and is_alone else code
        said = f"{name} at {BASELINE}" if column else name
        yield from _make(domain, said, rows, {test: code, **of_baseline}, result, label)


def _list_moments(domain: Domain) -> Iterator[Answer]:
    """When the events and interventions began and ended that a subject has once."""
    topic = domain.find_own(*TOPICS)
    moments = {c: what for end, what in MOMENTS.items() if (c := domain.find_own(end))}
    if not topic or domain.code not in ONCE:
        return
    for name, rows in _group(domain.texts[~domain.answers], topic):
        for column, what in moments.items():
            yield from _make(domain, f"{name} {what}", rows, {topic: name}, column)


def _list_columns(domain: Domain) -> Iterator[Answer]:
    for column in map(str, domain.texts.columns):
        yield from _make(domain, column, domain.texts, {}, column)


def _list_qualifiers(data: Domain) -> Iterator[Answer]:
    """Qualifiers that name the record they belong to: by one column of its domain."""
    names = ("RDOMAIN", "IDVAR", "IDVARVAL", "QNAM", "QVAL", SUBJECT)
    found = {name: data.find(name) for name in names}
    if not all(found.values()):
        return
    title = data.find("QLABEL")
    for name, rows in _group(data.texts, found["QNAM"]):
        parents, keys = (rows[found[column]].unique() for column in ("RDOMAIN", "IDVAR"))
        if len(parents) != 1 or len(keys) != 1 or not keys[0]:
            continue
        match = {found[SUBJECT]: found[SUBJECT], str(keys[0]): found["IDVARVAL"]}
        where, label = {found["QNAM"]: name}, str(rows[title].iloc[0]) if title else ""
        made = _make(data, name, rows, where, found["QVAL"], label, match)
        yield from (Answer(each.candidate, str(parents[0])) for each in made)


def _group(texts: pd.DataFrame, column: str) -> list[tuple[str, pd.DataFrame]]:
    if texts[column].nunique() > MOST:
        return []
    return [(str(name), rows) for name, rows in texts.groupby(column, sort=False) if name]


def _make(
    domain: Domain,
    name: str,
    rows: pd.DataFrame,
    where: dict[str, str],
    take: str,
    label: str = "",
    match: dict[str, str] | None = None,
) -> Iterator[Answer]:
    keys = match or {domain.find(SUBJECT): domain.find(SUBJECT)}
    filled = rows[rows[take] != ""]
    if filled.empty or (filled.groupby([*keys.values()])[take].nunique() > 1).any():
        return
    lookup = Lookup(
        source=domain.source.name, match=keys, where=where, take=take, not_found="empty"
    )
    texts = count_texts(filled[take].tolist())
    yield Answer(Candidate(domain.source.name, name, texts, len(rows), label, lookup=lookup))
