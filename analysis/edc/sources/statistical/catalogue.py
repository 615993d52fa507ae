"""Catalogues of SAS formats (``.sas7bcat``): the labels of coded values, kept beside a table."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.edc.sources.delimited.encodings import CODEC_OF
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.statistical.raw_table import RawTable, call_library, require_content
from analysis.errors import DataError

SUFFIX = ".sas7bcat"
_WIDTH = re.compile(r"[0-9]*(\.[0-9]*)?$")


def read_value_labels(
    catalogue: SourceFile, table: SourceFile, raw: RawTable, options: ReadOptions
) -> dict[str, dict[Any, str]]:
    """Return the labels of values by column of a table, as its formats and a catalogue give them.

    Raises DataError if the catalogue cannot be read; the message says that the table can be.
    """
    import pyreadstat  # here, because only such exports need it

    read = pyreadstat.read_sas7bcat
    try:
        require_content(catalogue)
        encoding = find_encoding(catalogue, read, CODEC_OF[options.encoding])
        _, meta = call_library(catalogue, lambda: read(catalogue.source, encoding=encoding))
    except DataError as error:
        raise DataError(
            f"{error}; or take the catalogue of formats out of the folder: {table.name} can be "
            "read without it, its values then have no labels"
        ) from None
    by_format = {_fold(name): labels for name, labels in meta.value_labels.items()}
    formats = {
        name: ("$" if raw.is_text(name) else "") + _fold(display).removeprefix("$")
        for name, display in raw.meta.original_variable_types.items()
        if display
    }
    return {name: by_format[form] for name, form in formats.items() if form in by_format}


def _fold(display: str) -> str:
    """The name of a format without its width: SAS lets no name of a format end in a digit."""
    return _WIDTH.sub("", display.strip().upper())


def find_encoding(
    file: SourceFile, read: Callable[..., tuple[Any, Any]], encoding: str
) -> str | None:
    """Return the encoding to read a SAS file in; None if the file says it, and truly.

    One that says EUC-CN is really GBK, which gb18030 decodes; ``encoding``: of one that says none.
    """
    require_content(file)
    options = {} if file.suffix == ".sas7bcat" else {"metadataonly": True, "usecols": [""]}
    _, meta = call_library(file, lambda: read(file.source, **options))
    declared = (meta.file_encoding or "").upper()
    if declared in {"EUC-CN", "GB2312"}:
        return "gb18030"
    return None if declared else encoding


def find_catalogue(file: SourceFile) -> SourceFile | None:
    """Return the format catalogue that lies beside a data set: that of its name, else the only one.

    Raises DataError if there are several and none has its name.
    """
    if file.path is None:
        return None
    beside = list_catalogues(file.path.parent)
    own = [path for path in beside if path.stem.lower() == file.path.stem.lower()]
    found = own or beside
    if len(found) > 1:
        listed = ", ".join(path.name for path in found)
        raise DataError(
            f"{file.name}: several format catalogues lie beside it ({listed}), and none has its "
            f"name. Leave one, or name one {file.path.stem}{SUFFIX}"
        )
    return SourceFile.at(found[0]) if found else None


def list_catalogues(folder: Path) -> list[Path]:
    """Return the format catalogues in a folder, in order of name."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() == SUFFIX and path.is_file() and not path.name.startswith(".")
    )
