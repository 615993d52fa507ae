"""Data queries as they are sent: by site and subject, with form, place, Chinese and the action."""

import re
from collections.abc import Mapping

import pandas as pd

from analysis.edc.layout import SUBJECT, Layout
from analysis.edc.queries import COLUMNS, Rule, Severity
from analysis.edc.queries.sent.keys import find_subject
from analysis.edc.queries.sent.located import BETWEEN, PLACE, locate_queries
from analysis.edc.queries.words.actions import ACTIONS
from analysis.edc.queries.words.chinese import read_chinese
from analysis.edc.queries.words.message import say_in_chinese
from analysis.io.printable import clean_printed

SENT = (*COLUMNS, "site", "subject", "form", "field", *PLACE, "message_zh", "action", "action_zh")
"""Columns of ``queries.csv``: what was found, whose it is, where it stands, what is to be done."""
_SAME = [*COLUMNS, "file", "part"]
_ORDER = ["subject", "form", "field", "severity", "rule", "key", "value", "message", "file", "part"]
_END_OF_NAME = re.compile(r"[,;(]")


def build_for_sites(
    queries: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    source_rows: pd.DataFrame,
    layout: Layout,
    fields: Mapping[str, Mapping[str, str]],
) -> pd.DataFrame:
    """Return the queries as text in the columns :data:`SENT`, those without a site last.

    ``queries``: of :func:`gather`. ``tables``: typed; dm knows the site of a subject. ``fields``:
    by table, the name in the export of a column of the layout, where it differs. The order is that
    of site, subject, form, field.
    """
    located = locate_queries(queries, tables, source_rows)
    subjects = queries["key"].map(find_subject).astype("str")
    sent = located.assign(
        subject=subjects,
        site=_find_sites(subjects, tables),
        form=queries["table"].map(lambda name: name_form(name, layout)),
        field=_name_fields(queries, fields),
        message_zh=_say(queries),
        action=queries["rule"].map(lambda rule: ACTIONS[Rule(rule)]),
        action_zh=queries["rule"].map(lambda rule: read_chinese().actions[Rule(rule)]),
    )
    return _sort(sent)[list(SENT)].astype("str")


def name_form(table: str, layout: Layout) -> str:
    """Return the form of a table as people call it: its label up to a comma or bracket.

    >>> from analysis.edc.layout import load_layout
    >>> name_form("mrs", load_layout()), name_form("labs", load_layout())
    ('modified Rankin Scale', 'labs')
    """
    known = layout.tables.get(table)
    return _END_OF_NAME.split(known.label)[0].strip() if known and known.label else table


def gather(*several: pd.DataFrame) -> pd.DataFrame:
    """Return frames of queries as one, each query of a file once, with all rows that raised it.

    Frames without ``file``, ``part`` and ``row`` hold queries whose place is still to be found.
    """
    frames = [frame.assign(**{n: frame.get(n, "") for n in PLACE}) for frame in several]
    texts = [frame.astype("str").fillna("") for frame in frames]
    queries = pd.concat(texts, ignore_index=True)
    queries["row"] = queries["row"].replace("0", "")  # a row whose place a query did not keep
    first = queries.drop_duplicates(_SAME).reset_index(drop=True)
    told = queries[(queries["row"] != "") & queries.duplicated(_SAME, keep=False)]
    ordered = told.assign(number=told["row"].astype("int64")).sort_values("number")
    rows = ordered.groupby(_SAME, sort=False)["row"].agg(BETWEEN.join).rename("rows").reset_index()
    joined = first.merge(rows, how="left", on=_SAME)["rows"]
    return first.assign(row=joined.fillna(first["row"]).astype("str"))


def list_needed(queries: pd.DataFrame) -> set[str]:
    """Return the tables that the places and the sites of queries are looked up in."""
    return {"dm", *queries.loc[(queries["row"] == "") & (queries["key"] != ""), "table"]}


def _find_sites(subjects: pd.Series, tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """The site of each subject as dm has it; "" where it does not."""
    if "dm" not in tables:
        return subjects.map(lambda _: "")
    dm = tables["dm"].dropna(subset=[SUBJECT, "SITEID"]).drop_duplicates(SUBJECT)
    known = dict(zip(dm[SUBJECT].astype("str"), dm["SITEID"].astype("str"), strict=True))
    return subjects.map(lambda subject: clean_printed(known.get(subject, "")))


def _name_fields(queries: pd.DataFrame, fields: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The column by the name that the export has for it; of a whole row none."""
    return [
        "" if rule == Rule.EXTRA_FILE.value else fields.get(table, {}).get(column, column)
        for table, column, rule in queries[["table", "column", "rule"]].itertuples(index=False)
    ]


def _say(queries: pd.DataFrame) -> list[str]:
    pairs = list(queries[["rule", "message"]].itertuples(index=False, name=None))
    chinese = {pair: say_in_chinese(Rule(pair[0]), pair[1]) for pair in set(pairs)}
    return [chinese[pair] for pair in pairs]


def _sort(sent: pd.DataFrame) -> pd.DataFrame:
    """By site and so on; what has no site, and within a site no subject, stands last."""
    ranks = {severity.value: rank for rank, severity in enumerate(Severity)}
    keys = sent.assign(
        severity=sent["severity"].map(ranks),
        no_site=sent["site"] == "",
        nobody=sent["subject"] == "",
    )
    order = keys.sort_values(["no_site", "site", "nobody", *_ORDER], kind="stable").index
    return sent.loc[order].reset_index(drop=True)
