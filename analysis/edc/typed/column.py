"""The values of one column: every distinct text is parsed and judged once."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.edc.layout import Column
from analysis.edc.queries import QueryRows, Rule, Severity
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.edc.typed.plain import read_plain
from analysis.edc.written.plausible_dates import is_plausible
from analysis.edc.written.values import Value, names_no_day, parse_value

_FORMS = {"date": "YYYY-MM-DD", "datetime": "YYYY-MM-DDTHH:MM"}


@dataclass(frozen=True)
class TypedColumn:
    """The values of a column, one a row, and what is wrong with its texts.

    ``queries``: frames of queries. ``set_missing``: cells with a text but without a value, by rule;
    ``out_of_range``: values outside the plausible range, kept. ``filled``, ``typed``: cells with a
    text, and those that became a value.
    """

    values: pd.Series
    filled: int
    typed: int
    queries: list[pd.DataFrame] = field(default_factory=list)
    set_missing: dict[str, int] = field(default_factory=dict)
    out_of_range: int = 0


@dataclass(frozen=True)
class _Broken:
    """A distinct text that breaks a rule: its code, how it is judged, and whether it is kept."""

    code: int
    rule: Rule
    message: str
    is_kept: bool

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self.is_kept else Severity.ERROR


def type_column(rows: QueryRows, name: str, column: Column, *, is_key: bool) -> TypedColumn:
    """Return the values of the column ``name`` of ``rows.texts``, by the rules of the layout.

    Texts that break type, code list, scale or plausible dates become missing, each with a query;
    those outside the plausible range are kept with one. "" is missing: a query where the layout
    requires a value, unless the column is part of the key, which has a rule of its own.
    """
    texts = rows.texts[name]
    codes, distinct = pd.factorize(texts)
    counts = np.bincount(codes, minlength=len(distinct))
    values, broken = _judge_all(column, pd.Series(distinct, dtype="str"))
    is_missing = codes == distinct.get_indexer(pd.Index([""]))[0]
    queries = [_raise_broken(rows, name, texts, codes, broken)] if broken else []
    if column.required and not is_key and is_missing.any():
        queries.append(_raise_required(rows, name, np.flatnonzero(is_missing)))
    unusable = sum(int(counts[each.code]) for each in broken if not each.is_kept)
    filled = len(texts) - int(is_missing.sum())
    return TypedColumn(
        values.take(codes).reset_index(drop=True),
        filled,
        filled - unusable,
        queries,
        _count_rules(broken, counts),
        sum(int(counts[each.code]) for each in broken if each.is_kept),
    )


def _judge_all(column: Column, distinct: pd.Series) -> tuple[pd.Series, list[_Broken]]:
    """The values of distinct texts, and those that break a rule.

    What is plainly a value is not judged one by one.
    """
    values = read_plain(column, distinct)
    broken, places, found = [], [], []
    left = distinct[values.isna() & (distinct != "")]
    for code, text in zip(left.index, left, strict=True):
        value, rule, message = _judge(column, text)
        if value is not None:
            places.append(code)
            found.append(value)
        if rule is not None:
            broken.append(_Broken(code, rule, message, value is not None))
    if places:
        values.iloc[places] = pd.Series(found, dtype=values.dtype).array
    return values, broken


def _judge(column: Column, text: str) -> tuple[Value | None, Rule | None, str]:
    """The value of a text, the rule that it breaks and the words on that."""
    value = parse_value(column, text)
    if value is None:
        return None, Rule.TYPE, _describe_type(column, text)
    if column.days and not is_plausible(column, value):
        first, last = column.days
        words = MessageCode.PLAUSIBLE_DATES.write(first=first.isoformat(), last=last.isoformat())
        return None, Rule.PLAUSIBLE_DATES, words
    if column.allowed and text not in column.allowed:
        words = MessageCode.CODE_LIST.write(codes=", ".join(column.allowed))
        return None, Rule.CODE_LIST, words
    if column.limits and not _within(value, column.limits):
        return None, Rule.LIMITS, _write_bounds(MessageCode.LIMITS, column.limits)
    if column.range and not _within(value, column.range):
        return value, Rule.RANGE, _write_bounds(MessageCode.RANGE, column.range)
    return value, None, ""


def _within(value: Value, bounds: tuple[float, float]) -> bool:
    return isinstance(value, int | float) and bounds[0] <= value <= bounds[1]


def _describe_type(column: Column, text: str) -> str:
    if column.type not in _FORMS:
        return MessageCode.TYPE.write(type=column.type)
    forms = " or ".join(column.forms) or _FORMS[column.type]
    if names_no_day(column, text):
        return MessageCode.NO_SUCH_DAY.write(forms=forms)
    code = MessageCode.TYPE_PARTIAL if column.partial else MessageCode.TYPE_WITH_FORMS
    return code.write(type=column.type, forms=forms)


def _write_bounds(code: MessageCode, bounds: tuple[float, float]) -> str:
    low, high = bounds
    return code.write(low=f"{low:g}", high=f"{high:g}")


def _raise_broken(
    rows: QueryRows, name: str, texts: pd.Series, codes: NDArray[np.int64], broken: list[_Broken]
) -> pd.DataFrame:
    """Queries on all cells that break a rule: text by text, in the order of the rows."""
    rank = np.full(int(codes.max()) + 1, len(broken))
    rank[[each.code for each in broken]] = range(len(broken))
    of_row = rank[codes]
    positions = np.flatnonzero(of_row < len(broken))
    positions = positions[np.argsort(of_row[positions], kind="stable")]
    which = of_row[positions]
    severities, rules, messages = (
        pd.Categorical([str(getattr(each, part)) for each in broken]).take(which)
        for part in ("severity", "rule", "message")
    )
    return rows.raise_at(positions, severities, rules, name, texts.take(positions), messages)


def _raise_required(rows: QueryRows, name: str, positions: NDArray[np.int64]) -> pd.DataFrame:
    message = MessageCode.REQUIRED.write()
    return rows.raise_at(positions, Severity.ERROR, Rule.REQUIRED, name, "", message)


def _count_rules(broken: list[_Broken], counts: NDArray[np.int64]) -> dict[str, int]:
    """The cells that were set to missing, by rule, in the order in which the rules are met."""
    found: dict[str, int] = {}
    for each in broken:
        if not each.is_kept:
            found[each.rule.value] = found.get(each.rule.value, 0) + int(counts[each.code])
    return found
