"""SAS and SPSS files as text: raw values, and dates by the format of their column."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from analysis.qc.from_export.reading.sources.files.content import Content
from analysis.qc.from_export.reading.sources.labelled import LabelledColumns
from analysis.qc.from_export.reading.sources.statistical.columns import write_column, write_labels
from analysis.qc.from_export.reading.sources.statistical.epochs import SAS, SPSS
from analysis.qc.from_export.reading.sources.statistical.formats import (
    choose_of_sas,
    choose_of_spss,
    is_shown_as_day,
)
from analysis.qc.from_export.reading.sources.statistical.transport import (
    put_letters,
    split_members,
)

OPTIONS: dict[str, Any] = {"disable_datetime_conversion": True, "output_format": "dict"}


def read_sas_or_spss(content: Content, encoding: str, member: str = "") -> LabelledColumns:
    """Return what a file holds; ``member``: the data set of a transport file with several.

    Raises ValueError, OverflowError or LookupError for a file that cannot be read.
    """
    import pyreadstat  # here, because only such exports need it

    is_spss = content.suffix == ".sav"
    try:
        lists, meta = _read(content, encoding, member)
        labels = meta.variable_value_labels if is_spss else _find_labels(content, meta)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise ValueError(str(error)) from None
    formats, widths = meta.original_variable_types, meta.variable_storage_width
    choose = choose_of_spss if is_spss else choose_of_sas
    written = {
        name: write_column(
            values,
            choose(formats[name] or "", widths[name]),
            meta.missing_ranges.get(name, []),
            is_text=meta.readstat_variable_types[name] == "string",
        )
        for name, values in lists.items()
    }
    return LabelledColumns(
        {name: texts for name, (texts, _) in written.items()},
        {name: marked for name, (_, marked) in written.items() if marked},
        {name: write_labels(of_name) for name, of_name in labels.items()},
        SPSS if is_spss else SAS,
        frozenset(name for name in lists if not is_spss and is_shown_as_day(formats[name] or "")),
    )


def list_members(content: Content) -> tuple[str, ...]:
    """Return the names of the data sets of a transport file; raises ValueError if it has none."""
    return tuple(split_members(content.read()))


def _read(content: Content, encoding: str, member: str) -> tuple[dict[str, list[Any]], Any]:
    import pyreadstat

    if content.suffix == ".sav":
        lists, meta = pyreadstat.read_sav(content.source, user_missing=True, **OPTIONS)
    elif content.suffix == ".xpt":
        lists, meta = _read_transport(content, encoding, member)
    else:
        override = _find_encoding(content, encoding)
        lists, meta = pyreadstat.read_sas7bdat(
            content.source, encoding=override, user_missing=True, **OPTIONS
        )
    return lists, meta


def _read_transport(
    content: Content, encoding: str, member: str
) -> tuple[dict[str, list[Any]], Any]:
    import pyreadstat

    members = split_members(content.read())
    name = member or next(iter(members))
    one = Content(content.path, content.name, members[name])
    lists, meta = pyreadstat.read_xport(one.source, encoding=encoding, **OPTIONS)
    texts = {n for n, kind in meta.readstat_variable_types.items() if kind == "string"}
    filled = {n: ["" if v is None else v for v in vs] if n in texts else list(vs)
              for n, vs in lists.items()}  # fmt: skip
    put_letters(members[name], filled, meta.variable_storage_width)
    return filled, meta


def _find_encoding(content: Content, encoding: str) -> str | None:
    """A data set that says EUC-CN holds GBK; one that says nothing has that of the mapping."""
    import pyreadstat

    _, meta = pyreadstat.read_sas7bdat(content.source, metadataonly=True)
    declared = (meta.file_encoding or "").upper()
    if declared in {"EUC-CN", "GB2312"}:
        return "gb18030"
    return None if declared else encoding


def _find_labels(content: Content, meta: Any) -> dict[str, dict[Any, str]]:
    """Those of the catalogue of formats beside a data set: of its name, else the only one."""
    import pyreadstat

    if content.suffix != ".sas7bdat" or content.member:
        return {}
    path = content.path
    beside = [each for each in path.parent.iterdir() if each.suffix.lower() == ".sas7bcat"]
    own = [each for each in beside if each.stem.lower() == path.stem.lower()]
    found: list[Path] = own or beside
    if len(found) != 1:
        return {}
    _, catalogue = pyreadstat.read_sas7bcat(found[0])
    by_format = {_name_format(name): labels for name, labels in catalogue.value_labels.items()}
    formats = {
        column: _name_format(shown or "") for column, shown in meta.original_variable_types.items()
    }
    return {column: by_format[name] for column, name in formats.items() if name in by_format}


def _name_format(shown: str) -> str:
    """A format without dollar and width."""
    return re.sub(r"[0-9]*(\.[0-9]*)?$", "", shown.strip().upper()).removeprefix("$")
