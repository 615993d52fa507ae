"""Sources with one value a row: which columns hold item and value, and what tells rows apart."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations

import pandas as pd

from analysis.config.shapes import RowsBy
from analysis.edc.layout import SUBJECT, load_layout
from analysis.edc.mapping.proposal.files.reading import ReadSource
from analysis.edc.mapping.proposal.words.likeness import SAME, compare, list_phrases
from analysis.edc.sources.columns.rows_by import widen
from analysis.errors import DataError

PAIRS = (
    ("QNAM", "QVAL", "QLABEL"), ("ITEM", "VALUE", "LABEL"), ("ITEMOID", "VALUE", "ITEMNAME"),
    ("ITEM_NAME", "ITEM_VALUE", ""), ("VARIABLE", "VALUE", "LABEL"), ("PARAMCD", "AVAL", "PARAM"),
    ("项目", "结果", ""), ("检查项目", "检查结果", ""),
)  # fmt: skip
"""Column of the item, of its value, and of its label."""
_FINDINGS = re.compile(r"([A-Z]{2})TESTCD")
_VALUES = ("ORRES", "STRESC")
FEWEST, MOST = 2, 200
"""Items of a source between which it is taken for one of this shape."""
MOST_ROWS = 0.7
"""Rows for each value above which a key is too fine: it parts the items of one assessment."""


def widen_long(source: ReadSource) -> ReadSource:
    """Return a source with one column an item, where it has a row a value; else itself."""
    columns = {str(column).upper(): str(column) for column in source.table.texts.columns}
    for item, value, label in _list_pairs(columns):
        items = source.table.texts[columns[item]]
        if _is_in_layout(item, items) or not FEWEST <= items[items != ""].nunique() <= MOST:
            continue
        for key in _list_keys(columns, item, source.table.texts):
            spec = RowsBy(key=key, item=columns[item], value=columns[value])
            try:
                table = widen(source.table, spec, source.source.label)
            except DataError:
                continue
            if len(table.texts) > MOST_ROWS * len(items):
                continue
            labels = _read_labels(source, columns, item, label)
            keys = {**source.keys, "rows_by": spec.model_dump(exclude_defaults=True)}
            return replace(source, table=table, keys=keys, labels={**source.labels, **labels})
    return source


def _is_in_layout(item: str, items: pd.Series) -> bool:
    """Whether the layout has the items in rows too, as those of criteria."""
    for table in load_layout().tables.values():
        if item in table.columns and items.isin(table.columns[item].codes).any():
            return True
    return False


def _list_pairs(columns: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name in columns:
        if match := _FINDINGS.fullmatch(name):
            values = [match[1] + end for end in _VALUES if match[1] + end in columns]
            yield from ((name, value, match[1] + "TEST") for value in values[:1])
    yield from ((i, v, label) for i, v, label in PAIRS if i in columns and v in columns)


def _list_keys(
    columns: Mapping[str, str], item: str, texts: pd.DataFrame
) -> Iterator[tuple[str, ...]]:
    """The subject with the visits, dates and groups that tell rows apart, then with fewer."""
    phrases = list_phrases("", SUBJECT)
    subjects = [name for upper, name in columns.items() if compare(upper, phrases) == SAME]
    prefix = item.removesuffix("TESTCD")
    contexts = ("VISIT", f"{prefix}GRPID", f"{prefix}DTC", "IDVARVAL", "访视")
    others = [columns[name] for name in contexts if name in columns]
    varying = [name for name in others if texts[name].nunique() > 1]
    for subject in subjects[-1:]:
        for number in range(len(varying), -1, -1):
            yield from ((subject, *more) for more in combinations(varying, number))


def _read_labels(
    source: ReadSource, columns: Mapping[str, str], item: str, label: str
) -> dict[str, str]:
    if label not in columns:
        return {}
    texts = source.table.texts
    return dict(zip(texts[columns[item]], texts[columns[label]], strict=True))
