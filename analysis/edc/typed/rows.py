"""What leaves rows of a typed table out: no key, an unknown subject, a row that stands twice."""

from collections.abc import Callable

import pandas as pd

from analysis.edc.door.remedies.known import know
from analysis.edc.layout import SUBJECT, Table
from analysis.edc.queries import QueryRows, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.io.large.text_columns import is_among

Frames = list[pd.DataFrame]
RowStep = Callable[[Table, pd.DataFrame, QueryRows], tuple[pd.DataFrame, Frames]]
"""A typed table, indexed by the positions of its rows, to what stays of it, and its queries."""


def list_row_steps(subjects: frozenset[str] | None) -> tuple[tuple[Rule, RowStep], ...]:
    """Return what leaves rows out, in that order, with the rule that each goes by."""
    return (
        (Rule.MISSING_KEY, _drop_without_key),
        (Rule.UNKNOWN_SUBJECT, _strangers(subjects)),
        (Rule.IDENTICAL_ROW, _collapse_identical),
    )


def query_duplicate_keys(frame: pd.DataFrame, rows: QueryRows) -> pd.DataFrame:
    """Return a query for each row of ``frame``: rows that share a key but not their content."""
    message = MessageCode.DUPLICATE_KEY.write()
    return rows.raise_at(
        frame.index.to_numpy(), Severity.WARNING, Rule.DUPLICATE_KEY, "", "", message
    )


def _drop_without_key(
    table: Table, frame: pd.DataFrame, rows: QueryRows
) -> tuple[pd.DataFrame, Frames]:
    lost = frame[list(table.required_key)].isna()
    message = MessageCode.MISSING_KEY.write()
    queries = [
        rows.raise_at(
            frame.index[lost[column]].to_numpy(),
            Severity.ERROR, Rule.MISSING_KEY, column, "", message,
        )
        for column in table.required_key
        if lost[column].any()
    ]  # fmt: skip
    return (frame[~lost.any(axis=1)], queries) if queries else (frame, [])


def _strangers(subjects: frozenset[str] | None) -> RowStep:
    def drop(table: Table, frame: pd.DataFrame, rows: QueryRows) -> tuple[pd.DataFrame, Frames]:
        if subjects is None or SUBJECT not in table.columns:
            return frame, []
        unknown = frame[SUBJECT].notna() & ~is_among(frame[SUBJECT], subjects)
        if not unknown.any():
            return frame, []
        strangers = frame.loc[unknown, SUBJECT]
        query = rows.raise_at(
            strangers.index.to_numpy(), Severity.ERROR, Rule.UNKNOWN_SUBJECT, SUBJECT, strangers,
            strangers.map(_words_on_strangers(strangers, subjects)),
        )  # fmt: skip
        return frame[~unknown], [query]

    return drop


def _words_on_strangers(strangers: pd.Series, subjects: frozenset[str]) -> dict[str, str]:
    """For each subject who is not in rand what is said, with the one whose id it resembles."""
    known = know(subjects)
    like = {stranger: known.find_like(stranger) for stranger in strangers.unique()}
    return {
        stranger: MessageCode.UNKNOWN_SUBJECT.write()
        if near is None
        else MessageCode.UNKNOWN_SUBJECT_LIKE.write(like=near)
        for stranger, near in like.items()
    }


def _collapse_identical(
    _: Table, frame: pd.DataFrame, rows: QueryRows
) -> tuple[pd.DataFrame, Frames]:
    repeated = frame.duplicated()
    if not repeated.any():
        return frame, []
    message = MessageCode.IDENTICAL_ROW.write()
    query = rows.raise_at(
        frame.index[repeated].to_numpy(), Severity.WARNING, Rule.IDENTICAL_ROW, "", "", message
    )
    return frame[~repeated], [query]
