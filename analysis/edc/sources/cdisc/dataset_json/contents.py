"""A Dataset-JSON file in its two parts, metadata and rows: one JSON text, or a line a row."""

from dataclasses import dataclass
from typing import Any

from analysis.edc.sources.cdisc.dataset_json.json_text import Number, decode_json, parse_json
from analysis.edc.sources.cdisc.opening import open_file, unreadable
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError

_REMEDY = "Export it as Dataset-JSON 1.1"


@dataclass(frozen=True)
class Contents:
    """Metadata by name, and the rows as the JSON has them."""

    metadata: dict[str, Any]
    rows: list[Any]


def read_contents(file: SourceFile) -> Contents:
    """Return metadata and rows of a file, by its ending ``.ndjson`` or else ``.json``.

    Raises DataError if it is no Dataset-JSON 1.1.
    """
    try:
        return _read_lines(file) if file.suffix == ".ndjson" else _read_whole(file)
    except OSError as error:
        raise unreadable(file, error) from None


def require_all_rows(file: SourceFile, found: Contents) -> None:
    """Raise DataError if a file has other than the ``records`` rows that its metadata say."""
    records = found.metadata.get("records")
    if not isinstance(records, Number) or not records.isdigit():
        raise DataError(
            f"{file.name}: records, the number of rows, is not given, so it cannot be told whether "
            f"the file is whole. {_REMEDY}"
        )
    if records != str(len(found.rows)):
        raise DataError(
            f"{file.name}: records says {records[:20]} rows, and the file has {len(found.rows)}: "
            "it was cut off or edited. Export it again"
        )


def _read_whole(file: SourceFile) -> Contents:
    with open_file(file, "Dataset-JSON") as stream:
        metadata = parse_json(file, decode_json(file, stream.read()))
    _require_dataset(file, metadata)
    rows = metadata.pop("rows", [])
    if not isinstance(rows, list):
        raise DataError(f"{file.name}: rows is no list. {_REMEDY}")
    return Contents(metadata, rows)


def _read_lines(file: SourceFile) -> Contents:
    with open_file(file, "Dataset-JSON") as stream:
        metadata = parse_json(file, decode_json(file, stream.readline()))
        _require_dataset(file, metadata)
        if "rows" in metadata:
            raise DataError(
                f"{file.name}: line 1 holds rows, so the file is one JSON text and not a line a "
                "row. Name it .json"
            )
        rows = [
            parse_json(file, decode_json(file, raw, line), line)
            for line, raw in enumerate(stream, start=2)
            if raw.strip()
        ]
    return Contents(metadata, rows)


def _require_dataset(file: SourceFile, metadata: Any) -> None:
    version = metadata.get("datasetJSONVersion") if isinstance(metadata, dict) else None
    if version is None:
        raise DataError(
            f"{file.name}: the JSON is no Dataset-JSON, as it does not begin with an object that "
            f"has datasetJSONVersion. {_REMEDY}"
        )
    numbers = str(version).split(".")
    if numbers[:2] == ["1", "0"]:
        raise DataError(
            f"{file.name}: the file is Dataset-JSON {version}, which has another structure than "
            f"1.1. {_REMEDY}"
        )
    if numbers[:2] != ["1", "1"]:
        raise DataError(
            f"{file.name}: datasetJSONVersion is {str(version)[:20]}, and 1.1 is read. {_REMEDY}"
        )
