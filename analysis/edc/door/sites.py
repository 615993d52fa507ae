"""The sites of the screening log against those of ``dm``: spelt otherwise, or others."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from pandas.api.extensions import take

from analysis.edc.cells.identifiers import respell
from analysis.edc.door.remedies.identifiers import Resemblance, find_resemblance, write_spelling
from analysis.edc.door.remedies.known import Known
from analysis.edc.layout import SUBJECT, Layout
from analysis.edc.queries import Places, Query, QueryRows, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.errors import name_subjects
from analysis.io.large.text_columns import find_first

LOG, SITE = "screening", "SITEID"
MOST = 0.5
"""Where more of the rows hold another site, the log has sites of its own: one query says so."""
Tables = dict[str, pd.DataFrame]


def query_sites(
    tables: Tables, layout: Layout, places: Mapping[str, Places] | None = None
) -> Iterator[Query | pd.DataFrame]:
    """Yield the queries on sites of the screening log that are not those of the subjects in ``dm``.

    One for sites that are spelt otherwise there, with the line of the mapping that spells them as
    ``dm`` does; nothing is matched without that line. One for each row with another site, or one
    for all, where more than half hold one. ``places``: by table where its rows stand in the export.
    """
    if not {LOG, "dm"} <= tables.keys():
        return
    pairs = _pair_sites(tables[LOG], tables["dm"])
    other = pairs[pairs["here"] != pairs["there"]]
    if other.empty:
        return
    sites = frozenset(tables["dm"][SITE].dropna())
    like = find_resemblance(pairs["here"].unique(), Known(sites))
    if like is not None and like.spelling is not None:
        as_there = {text: respell(text, like.spelling) for text in other["here"].unique()}
        is_spelt = other["here"].map(as_there) == other["there"]
        yield _describe_spelling(like, int(is_spelt.sum()), len(pairs))
        other = other[~is_spelt]
    if len(other) > MOST * len(pairs):
        yield _describe_others(other, len(pairs))
    elif len(other):
        yield _query_rows(other, tables[LOG], layout, (places or {}).get(LOG))


def _pair_sites(log: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """The rows of subjects whose site both tables hold: ``subject``, ``here`` and ``there``."""
    known = people.dropna(subset=[SUBJECT, SITE])
    pairs = pd.DataFrame({"subject": log[SUBJECT], "here": log[SITE]}).dropna()
    there = find_first(pairs["subject"], known[SUBJECT])
    pairs["there"] = take(known[SITE].array, there, allow_fill=True)
    return pairs.dropna().astype("str")


def _describe_spelling(like: Resemblance, count: int, rows: int) -> Query:
    line = write_spelling(LOG, SITE, like.spelling) if like.spelling else ""
    words = MessageCode.SITE_SPELT.write(
        count=count, rows=rows, here=like.unknown, there=like.known, line=line
    )
    return Query(Severity.WARNING, LOG, "", SITE, like.unknown, Rule.SITE_DIFFERS, words)


def _describe_others(other: pd.DataFrame, rows: int) -> Query:
    words = MessageCode.SITES_OF_THEIR_OWN.write(
        count=len(other), rows=rows, subjects=name_subjects(other["subject"])
    )
    return Query(Severity.WARNING, LOG, "", SITE, "", Rule.SITE_DIFFERS, words)


def _query_rows(
    other: pd.DataFrame, log: pd.DataFrame, layout: Layout, places: Places | None
) -> pd.DataFrame:
    """A query for each row, in the order of the log."""
    key = layout.tables[LOG].key
    here = log.loc[other.index]
    rows = QueryRows(
        LOG,
        key,
        here[list(key)].astype("str"),
        places.take(log.index.get_indexer(other.index)) if places else None,
    )
    words = {site: MessageCode.SITE_DIFFERS.write(site=site) for site in other["there"].unique()}
    return rows.raise_at(
        np.arange(len(other)), Severity.WARNING, Rule.SITE_DIFFERS, SITE, other["here"],
        other["there"].map(words),
    )  # fmt: skip
