"""JSON with numbers as they are written, or an error that says where it is none."""

import json
from typing import Any, NoReturn

from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError


class Number(str):
    """A number as the JSON has it."""

    __slots__ = ()


class Fraction(Number):
    """A number with a point or an exponent."""

    __slots__ = ()


class _NotJsonError(ValueError):
    """What Python's reader accepts and JSON does not."""


def decode_json(file: SourceFile, raw: bytes, line: int = 1) -> str:
    """Return UTF-8 text without its byte order mark; ``line``: the first of these bytes.

    Raises DataError if it is none.
    """
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line += raw.count(b"\n", 0, error.start)
        raise DataError(
            f"{file.name}: line {line}: byte 0x{raw[error.start]:02X} is not UTF-8 text, which "
            "Dataset-JSON is. Export it again as UTF-8"
        ) from None


def parse_json(file: SourceFile, text: str, line: int = 1) -> Any:
    """Return the value of a JSON text, its numbers as :class:`Number`.

    ``line``: the first of this text in the file. Raises DataError if it is no JSON, a name stands
    twice in an object, or it is nested deeper than Python reads.
    """
    try:
        return json.loads(
            text,
            parse_float=Fraction,
            parse_int=Number,
            parse_constant=_refuse_constant,
            object_pairs_hook=_refuse_twice,
        )
    except json.JSONDecodeError as error:
        place = f"{file.name}: line {line + error.lineno - 1}, column {error.colno}"
        raise DataError(f"{place}: {_describe(error, text)}") from None
    except _NotJsonError as error:
        place = f"{file.name}: line {line}" if line > 1 else file.name
        raise DataError(f"{place}: {error}. Export it again, or ask the vendor") from None
    except RecursionError:
        raise DataError(
            f"{file.name}: lists within lists, deeper than any table. Export it as Dataset-JSON 1.1"
        ) from None


def _describe(error: json.JSONDecodeError, text: str) -> str:
    if error.msg == "Extra data":
        return (
            "the JSON has ended, and more follows. If each line of the file is JSON of its own, "
            "name it .ndjson; otherwise export it again"
        )
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        return "the JSON does not end, so the file was cut off. Export it again"
    return "from here on this is no JSON, so the file was damaged or cut off. Export it again"


def _refuse_constant(name: str) -> NoReturn:
    raise _NotJsonError(f"{name} stands for a number, which is no JSON: a missing value is null")


def _refuse_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotJsonError("a name stands twice in one object, so one of its values would be lost")
    return found
