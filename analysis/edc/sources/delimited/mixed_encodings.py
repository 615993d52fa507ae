"""Lines of a text file that are surely UTF-8, in a file that is read in another encoding.

Most bytes are text in most encodings, but as other characters; UTF-8 is the one that text in
another encoding almost never is by chance.
"""

from collections.abc import Sequence

MARK = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8."""
SINGLE_BYTES = ("cp1252", "latin-1")
LEAST_WIDE = 2
"""Characters of three bytes or more in a line: so many of them, by chance, no line holds that was
written in two bytes a character."""


def describe_mixture(raw: bytes, encoding: str, fitting: Sequence[str] = ()) -> str:
    """Return in words, with a remedy, that lines are UTF-8 although ``encoding`` is not.

    For utf-8: that some of a file are although it is not. Empty where nothing says so. ``fitting``:
    the encodings that are named in case that all of the file is in one of them.
    """
    if encoding.startswith("utf-16") or raw.isascii():
        return ""
    lines = [(n, line) for n, line in enumerate(_split(raw), 1) if not line.isascii()]
    others = [number for number, line in lines if not _is_utf_8(line)]
    surely = [n for n, line in lines if _is_utf_8(line) and _is_surely(line, encoding)]
    if raw.startswith(MARK) and encoding != "utf-8":
        surely = surely or [1]
    if not surely:
        return ""
    if not others:
        return (
            f"line {surely[0]}: the text is utf-8, not {encoding}. Set key encoding in "
            f"config/edc.yaml to utf-8, or export it as {encoding}"
        )
    found = (
        f"line {max(surely[0], others[0])}: the encoding changes: {len(surely)} line(s), first "
        f"line {surely[0]}, are utf-8, and {len(others)}, first line {others[0]}, are not. The "
        "file was put together from parts in several encodings: export it again in one"
    )
    if fitting:
        found += (
            "; if it was written in one all the same, set key encoding in config/edc.yaml to it "
            f"({' or '.join(fitting)} would read it)"
        )
    return found


def count_lines(raw: bytes, position: int) -> int:
    """Return the number of the line, from 1, in which a byte stands."""
    return raw.count(_line_end(raw), 0, position) + 1


def _split(raw: bytes) -> list[bytes]:
    return raw.split(_line_end(raw))


def _line_end(raw: bytes) -> bytes:
    return b"\n" if b"\n" in raw else b"\r"


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_surely(line: bytes, encoding: str) -> bool:
    """Whether a line that is UTF-8 is so by no chance.

    Two bytes of UTF-8 are an accented letter and a symbol in cp1252, which no word has; but in GBK
    and Shift-JIS they may be a character of common use (女, as UTF-8 Ů).
    """
    text = line.decode()
    if encoding in SINGLE_BYTES:
        return True
    if encoding == "utf-8":
        return all(c.isascii() or "\xa0" <= c <= "\xff" or c >= "\u0800" for c in text)
    return sum(character >= "\u0800" for character in text) >= LEAST_WIDE
