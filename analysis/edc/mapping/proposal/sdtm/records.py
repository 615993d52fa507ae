"""The records of a domain by what they are: a table of the layout is read from one kind alone."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from analysis.edc.mapping.proposal.files.reading import ReadSource, list_words
from analysis.edc.mapping.proposal.sdtm.domain import (
    ASKED,
    MOMENTS,
    SUBJECT,
    TOPICS,
    VISIT,
    YES,
    Domain,
    find_domain,
)
from analysis.edc.sql.engine import quote, quote_text

DISPOSITION, MILESTONE = "DS", "PROTOCOL MILESTONE"
MOST = 12
"""Kinds of records above which their texts are no kinds."""


def split_records(read: ReadSource, wide: ReadSource) -> list[ReadSource]:
    """Return a source by kinds of records, each with the condition for its rows; else itself.

    ``read``: as its file has it; ``wide``: the same with one column an item, if it has items. Of
    disposition each milestone is a kind, and each other category; elsewhere what was recorded is
    one, and answers to what everybody was asked are none. Findings of the baseline are left out
    where those of visits stand beside them.
    """
    domain = find_domain(read)
    if domain is None:
        return [wide]
    return [_describe(domain, part) for part in _split(domain, wide)]


def _describe(domain: Domain, part: ReadSource) -> ReadSource:
    """A part with whether subjects have several rows; the name of a visit is none of a form."""
    subject, texts = domain.find(SUBJECT), part.table.texts
    repeats = bool(texts[subject].duplicated().any()) if subject in texts.columns else None
    visit = domain.find(VISIT)
    visits = {*domain.texts[visit]} if visit else set()
    words = tuple(word for word in part.words if word not in visits)
    return replace(part, repeats=repeats, words=words)


def _split(domain: Domain, wide: ReadSource) -> list[ReadSource]:
    if domain.code == DISPOSITION:
        return list(_split_disposition(domain)) or [wide]
    answers = domain.answers
    asked, topic = domain.find_own(ASKED), domain.find_own(*TOPICS)
    if answers.any() and asked and topic:
        condition = f"{quote(asked)} <> {quote_text(YES)} AND {quote(topic)} <> ''"
        return [_take(domain, condition, ~answers)] if not answers.all() else []
    return [_leave_baseline(domain, wide)]


def _split_disposition(domain: Domain) -> Iterator[ReadSource]:
    category, what = domain.find_own("CAT"), domain.find_own("DECOD")
    if not category or not what:
        return
    texts = domain.texts
    milestones = texts.loc[texts[category] == MILESTONE, what].unique()
    others = [text for text in texts[category].unique() if text != MILESTONE]
    if len(milestones) + len(others) > MOST:
        return
    for column, text in [*((what, m) for m in milestones), *((category, o) for o in others)]:
        yield _take(domain, f"{quote(column)} = {quote_text(str(text))}", texts[column] == text)


def _take(domain: Domain, condition: str, rows: "pd.Series[bool]") -> ReadSource:
    """Some rows of a domain; their moments are called by their topic, where all have one."""
    source = domain.source
    texts = source.table.texts.loc[rows]
    labels = {**source.labels, **_name_moments(domain, list_words(texts))}
    table = replace(source.table, texts=texts)
    return replace(source, table=table, labels=labels, words=list_words(texts), rows=condition)


def _name_moments(domain: Domain, words: tuple[str, ...]) -> Mapping[str, str]:
    topic = domain.find_own(*TOPICS)
    named = [text for text in domain.texts[topic].unique() if text in words] if topic else []
    columns = {domain.find_own(end): what for end, what in MOMENTS.items()}
    return {c: f"{named[0]} {what}" for c, what in columns.items() if c} if named else {}


def _leave_baseline(domain: Domain, wide: ReadSource) -> ReadSource:
    column, text = domain.find_baseline()
    if not column or column not in wide.table.texts.columns or not domain.find_own("TESTCD"):
        return wide
    texts = wide.table.texts
    kept = replace(wide.table, texts=texts[texts[column] != text])
    return replace(wide, table=kept, rows=f"{quote(column)} <> {quote_text(text)}")
