"""Bytes of a text file as text, by the encoding of the mapping alone; what else would read them."""

import re
from typing import get_args

from analysis.config.mapping import Encoding
from analysis.edc.sources.delimited.mixed_encodings import count_lines, describe_mixture
from analysis.edc.sources.files.content import read_content
from analysis.edc.sources.files.first_bytes import name_kind
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError

ENCODINGS: tuple[str, ...] = get_args(Encoding)
CODEC_OF = dict(zip(ENCODINGS, ENCODINGS, strict=True)) | {
    "latin-1": "cp1252",
    "shift_jis": "cp932",
}
"""How Python and SAS's reader call an encoding. What says latin-1 is cp1252 in truth (WHATWG): the
two differ in control characters, which no export holds. What says Shift-JIS is the Windows code
page 932, which has the circled numbers and more beside it."""
KEY = "key encoding in config/edc.yaml"
ENDS_WITHIN = ("unexpected end of data", "incomplete multibyte sequence", "truncated data")
"""Why the codecs of Python do not read the first bytes of a character alone."""
_NO_CP932 = re.compile("[\x80\uf8f0-\uf8f3]")
"""What Python makes of the bytes that code page 932 leaves free."""


def decode_file(file: SourceFile, encoding: str) -> str:
    """Return the text of a file without its byte order mark.

    Raises DataError if it is no text, if some of it is in another encoding, or, naming the
    encodings that would read it, if this one does not.
    """
    raw = read_content(file)
    if kind := name_kind(raw):
        raise DataError(
            f"{file.name}: the file is no text of rows and fields but {kind}. Give it the ending "
            "of what it is, or export it as text"
        )
    wide = find_utf_16(raw)
    if wide and not encoding.startswith("utf-16"):
        raise DataError(
            f"{file.name}: the file is {wide} text, not {encoding}. Set {KEY} to {wide}, or export "
            f"it as {encoding}"
        )
    try:
        text = _decode(raw, encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        if _ends_within_character(raw, error):
            raise DataError(
                f"{file.name}: line {count_lines(raw, error.start)}: the file ends within a "
                f"character of {encoding}, so it was cut off. Export it again"
            ) from None
        others = _find_others(raw)
        mixture = describe_mixture(raw, encoding, others)
        found = mixture or _describe(raw, encoding, error, others)
        raise DataError(f"{file.name}: {found}") from None
    if encoding != "utf-8" and describe_mixture(raw, encoding):
        found = describe_mixture(raw, encoding, _find_others(raw))
        raise DataError(f"{file.name}: {found}")
    return text


def _decode(raw: bytes, encoding: str) -> str:
    text = raw.decode(CODEC_OF[encoding])
    if encoding == "shift_jis" and (free := _NO_CP932.search(text)):
        at = len(text[: free.start()].encode("cp932"))
        raise UnicodeDecodeError(encoding, raw, at, at + 1, "no character")
    return text


def find_utf_16(raw: bytes) -> str:
    """Return how a file in UTF-16 is called in the mapping; empty if it is in another encoding.

    It is told by the byte order mark, or because every other byte of digits and commas is zero: in
    UTF-32, which nobody exports, three of four are.
    """
    if 5 * raw.count(0) > 3 * len(raw):
        return ""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if 4 * raw[first::2].count(0) > len(raw):
            return name
    return ""


def _ends_within_character(raw: bytes, error: UnicodeDecodeError) -> bool:
    """Whether all is text but the last bytes, with which a character begins.

    One such byte may be a whole character of another encoding, if there is no other to tell.
    """
    is_last = error.end == len(raw) and error.reason in ENDS_WITHIN
    return is_last and (error.end - error.start > 1 or not raw[: error.start].isascii())


def _describe(raw: bytes, encoding: str, error: UnicodeDecodeError, others: list[str]) -> str:
    line = count_lines(raw, error.start)
    found = f"line {line}: byte 0x{raw[error.start]:02X} is not {encoding} text. "
    if not others:
        return f"{found}No encoding that can be read fits: export it as utf-8, whole"
    return (
        f"{found}Set {KEY} to the encoding that it was written in ({' or '.join(others)} would "
        f"read it), or export it as {encoding}"
    )


def _find_others(raw: bytes) -> list[str]:
    """The encodings in which the bytes would be read."""
    names = [name for name in ENCODINGS if name != "latin-1" and reads(raw, name)]
    return [name for name in names if name == "utf-8" or not describe_mixture(raw, name)]


def reads(raw: bytes, encoding: str) -> bool:
    """Return whether the bytes are text by an encoding of the mapping.

    Text in utf-16 has a zero in every other byte.

    >>> reads("男".encode("gb18030"), "utf-8")
    False
    """
    try:
        text = _decode(raw, encoding)
    except UnicodeDecodeError:
        return False
    return "\0" not in text and (not encoding.startswith("utf-16") or b"\0" in raw)
