"""Bytes of a CSV file as text, by the encoding of the mapping alone; what else would read them."""

from typing import get_args

from analysis.config.mapping import Encoding
from analysis.edc.sources.source_file import SourceFile
from analysis.errors import DataError

ENCODINGS: tuple[str, ...] = get_args(Encoding)
CODEC_OF = {name: "cp1252" if name == "latin-1" else name for name in ENCODINGS}
"""How Python and SAS's reader call an encoding. What says latin-1 is cp1252 in truth (WHATWG): the
two differ in control characters, which no export holds."""
KEY = "key encoding in config/edc.yaml"


def decode_file(file: SourceFile, encoding: str) -> str:
    """Return the text of a file without its byte order mark.

    Raises DataError, naming the encodings that would read it, if this one does not.
    """
    raw = file.read_bytes()
    wide = _find_utf_16(raw)
    if wide and not encoding.startswith("utf-16"):
        raise DataError(
            f"{file.name}: the file is {wide} text, not {encoding}. Set {KEY} to {wide}, or export "
            f"it as {encoding}"
        )
    try:
        return raw.decode(CODEC_OF[encoding]).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise DataError(_describe(file, raw, encoding, error)) from None


def _find_utf_16(raw: bytes) -> str:
    """By the byte order mark, or because every other byte of digits and commas is zero.

    In UTF-32, which nobody exports, three of four are.
    """
    if 5 * raw.count(0) > 3 * len(raw):
        return ""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if 4 * raw[first::2].count(0) > len(raw):
            return name
    return ""


def _describe(file: SourceFile, raw: bytes, encoding: str, error: UnicodeDecodeError) -> str:
    line = raw.count(b"\n", 0, error.start) + 1
    found = f"{file.name}: line {line}: byte 0x{raw[error.start]:02X} is not {encoding} text. "
    others = [name for name in ENCODINGS if name != "latin-1" and _reads(raw, name)]
    if not others:
        return f"{found}No encoding that can be read fits: export it as utf-8, whole"
    return (
        f"{found}Set {KEY} to the encoding that it was written in ({' or '.join(others)} would "
        f"read it), or export it as {encoding}"
    )


def _reads(raw: bytes, encoding: str) -> bool:
    """Whether the bytes are text by an encoding; text in utf-16 has a zero in every other byte."""
    try:
        text = raw.decode(CODEC_OF[encoding])
    except UnicodeDecodeError:
        return False
    return "\0" not in text and (not encoding.startswith("utf-16") or b"\0" in raw)
