"""Dictionaries among the files of an export: labels, forms, units and code lists of its columns.

Known by their headers: the data dictionary of REDCap, the variable list and option groups of
Castor, items and code lists of Viedoc, fields and dictionary entries of an Architect loader of
Rave, and any table with a column of names, one of labels and one of codes under such headers.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from analysis.edc.mapping.proposal.files.label_headers import Field, match_headers
from analysis.edc.mapping.proposal.files.reading import ReadSource

NAMES = ("variable / field name", "variable name", "variableoid", "fieldoid", "id", "field name",
         "variable", "name", "变量名")  # fmt: skip
LABELS = ("field label", "label", "pretext", "sas label", "saslabel", "draftfieldname",
          "variable label", "description", "变量标签")  # fmt: skip
FORMS = ("form name", "formoid", "form", "instrument", "表单")
UNITS = ("unit", "fixedunit", "units", "field note", "单位")
CHOICES = ("choices, calculations, or slider labels", "choices", "select choices or calculations")
GROUPS = ("option group", "datadictionaryname", "format name", "code list", "codelist")
CODES = ("option value", "coded data", "codeddata", "code value", "code")
TEXTS = ("option name", "userdatastring", "user data string", "code text", "decode", "text")
LEAST_NAMED = 0.5
"""Share of its names that are columns of other sources, from which on a table is a dictionary."""
_CHOICE = re.compile(r"\s*([^,|]+?)\s*,\s*(.*?)\s*")
_PART = re.compile(r"___.*|#.*|_(date|time)$")


@dataclass(frozen=True)
class Described:
    """What a dictionary says of a column."""

    label: str = ""
    form: str = ""
    unit: str = ""
    codes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Dictionary:
    """What all dictionaries say, by folded name of a column; ``sources``: which those are.

    ``of_source``: by a source whose headers are labels what is said of its columns, by header.
    """

    columns: dict[str, Described] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()
    of_source: Mapping[str, Mapping[str, Described]] = field(default_factory=dict)

    def find(self, name: str, source: str) -> Described:
        """Return what is said of a column; of a part (tick box, date, time) what of the whole."""
        if source in self.of_source:
            return self.of_source[source].get(name, Described())
        folded = name.casefold()
        whole = _PART.sub("", folded)
        return self.columns.get(folded) or self.columns.get(whole, Described())


def read_dictionaries(sources: Sequence[ReadSource]) -> Dictionary:
    """Return what the dictionaries among ``sources`` say of the columns of the others."""
    headers = {
        source.name: {_PART.sub("", str(c).casefold()) for c in source.table.texts.columns}
        for source in sources
    }
    lists = [source for source in sources if _is_list(source)]
    groups = {group: codes for source in lists for group, codes in _read_lists(source).items()}
    columns: dict[str, Described] = {}
    of_source: dict[str, dict[str, Described]] = {}
    used = {source.name for source in lists}
    for source in sources:
        others = set().union(*(names for name, names in headers.items() if name != source.name))
        if labelled := _match_labels(source, sources, groups):
            used.add(source.name)
            of_source |= labelled
        elif _is_dictionary(source, others):
            used.add(source.name)
            columns |= _read_columns(source.table.texts, groups)
    if lists and not columns:
        columns = {group.casefold(): Described(codes=codes) for group, codes in groups.items()}
    return Dictionary(columns, frozenset(used), of_source)


def _match_labels(
    source: ReadSource, sources: Sequence[ReadSource], groups: dict[str, dict[str, str]]
) -> dict[str, dict[str, Described]]:
    """By source whose headers are labels of fields, what ``source`` says of each of its columns.

    The label of such a column is the name of the field.
    """
    texts = source.table.texts
    named, label, form = (_find(texts.columns, known) for known in (NAMES, LABELS, FORMS))
    if not named or not label or not form or texts.empty:
        return {}
    rows = zip(*(texts[column] for column in (named, label, form)), strict=True)
    fields = [Field(*map(str, row)) for row in rows]
    said = _read_columns(texts, groups)
    found = {}
    for other in sources:
        headers = list(map(str, other.table.texts.columns)) if other is not source else []
        if matched := match_headers(headers, fields):
            found[other.name] = {
                header: replace(
                    said.get(each.name.casefold(), Described()), label=each.name, form=each.form
                )
                for header, each in matched.items()
            }
    return found


def _find(headers: Iterable[object], known: Sequence[str]) -> str | None:
    """The first header, in the order of ``known``, that is one of them."""
    by_folded = {str(header).strip().casefold(): str(header) for header in headers}
    return next((by_folded[name] for name in known if name in by_folded), None)


def _is_list(source: ReadSource) -> bool:
    """Whether a source is a table of code lists: group, code and text, and no more than five."""
    headers = source.table.texts.columns
    return len(headers) <= len(GROUPS) and all(_find(headers, each) for each in (CODES, TEXTS))


def _read_lists(source: ReadSource) -> dict[str, dict[str, str]]:
    texts = source.table.texts
    group, code, text = (_find(texts.columns, each) for each in (GROUPS, CODES, TEXTS))
    found: dict[str, dict[str, str]] = {}
    if group and code and text:
        for name, value, label in zip(texts[group], texts[code], texts[text], strict=True):
            found.setdefault(str(name), {})[str(value)] = str(label)
    return found


def _is_dictionary(source: ReadSource, columns: set[str]) -> bool:
    texts = source.table.texts
    name, label = _find(texts.columns, NAMES), _find(texts.columns, LABELS)
    if not name or not label or texts.empty:
        return False
    named = {str(text).casefold() for text in texts[name]}
    return len(named & columns) >= LEAST_NAMED * len(named)


def _read_columns(texts: pd.DataFrame, groups: dict[str, dict[str, str]]) -> dict[str, Described]:
    keys = {
        "name": NAMES, "label": LABELS, "form": FORMS, "unit": UNITS, "choices": CHOICES,
        "group": GROUPS,
    }  # fmt: skip
    there = {key: _find(texts.columns, known) for key, known in keys.items()}
    rows = texts[[column for column in there.values() if column]].to_dict("records")
    described = {}
    for row in rows:
        cell = {key: str(row[column]) if column else "" for key, column in there.items()}
        codes = _read_choices(cell["choices"]) or groups.get(cell["group"] or cell["name"], {})
        described[cell["name"].casefold()] = Described(
            cell["label"], cell["form"], cell["unit"], codes
        )
    return described


def _read_choices(text: str) -> dict[str, str]:
    """The codes of a cell such as ``1, Male | 2, Female``."""
    found = [_CHOICE.fullmatch(part) for part in text.split("|")] if text else []
    return {match[1]: match[2] for match in found if match} if all(found) else {}
