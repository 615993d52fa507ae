"""Columns of a Dataset-JSON file as its metadata declare them."""

from dataclasses import dataclass
from typing import Any

from analysis.edc.sources.cdisc.opening import require_few_columns
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.labelled_table import Kind
from analysis.edc.sources.statistical.date_formats import find_sas_kind
from analysis.errors import DataError

DATA_TYPES = (
    *("string", "integer", "decimal", "float", "double", "boolean"),
    *("datetime", "date", "time", "URI"),
)
TARGET_TYPES = ("integer", "decimal")


@dataclass(frozen=True)
class Column:
    """A column; ``kind``: what its SAS display format makes of a number, if a date or time."""

    name: str
    label: str
    data_type: str
    kind: Kind | None


def read_columns(file: SourceFile, metadata: dict[str, Any]) -> list[Column]:
    """Return the columns in order.

    Raises DataError if they are not declared, a name is empty or stands twice (in capitals), or a
    data type is not of the standard.
    """
    declared = metadata.get("columns")
    if not isinstance(declared, list) or not declared:
        raise DataError(f"{file.name}: no columns are declared. Export it as Dataset-JSON 1.1")
    require_few_columns(file.name, len(declared))
    columns = [_read_column(file, place, each) for place, each in enumerate(declared, start=1)]
    names = [column.name.upper() for column in columns]
    if len(set(names)) < len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise DataError(
            f"{file.name}: column {', '.join(twice[:5])} is declared twice. Name the columns "
            "differently, and export it again"
        )
    return columns


def read_text(file: SourceFile, holder: dict[str, Any], key: str, place: str = "") -> str:
    """Return a text of the metadata without blanks at both ends; "" if it is not given.

    ``place``: what it belongs to, as messages name it. Raises DataError if it is no text.
    """
    value = holder.get(key)
    text = "" if value is None else value
    if type(text) is not str or not _is_text(text):
        raise DataError(f"{file.name}: {place}{key} is no text. Export it as Dataset-JSON 1.1")
    return text.strip()


def _is_text(text: str) -> bool:
    """Whether it can be written: JSON may hold one half of a character (a lone surrogate)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_column(file: SourceFile, number: int, declared: Any) -> Column:
    place = f"column {number}: "
    if not isinstance(declared, dict):
        raise DataError(f"{file.name}: {place}is no object. Export it as Dataset-JSON 1.1")
    name = read_text(file, declared, "name", place)
    if not name:
        raise DataError(f"{file.name}: {place}has no name. Export it as Dataset-JSON 1.1")
    place = f"column {name}: "
    data_type = read_text(file, declared, "dataType", place)
    target = read_text(file, declared, "targetDataType", place)
    for key, value, known in (
        ("dataType", data_type, DATA_TYPES),
        ("targetDataType", target, ("", *TARGET_TYPES)),
    ):
        if value not in known:
            raise DataError(
                f'{file.name}: {place}{key} is "{value[:20]}", and Dataset-JSON 1.1 has '
                f"{', '.join(each for each in known if each)}. Export it again"
            )
    kind = find_sas_kind(read_text(file, declared, "displayFormat", place))
    return Column(name, read_text(file, declared, "label", place), data_type, kind)
