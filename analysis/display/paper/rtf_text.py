"""Text in RTF: seven bits, every other character as its number."""

from __future__ import annotations

from itertools import groupby

from analysis.display.paper.arial import is_wide

_ESCAPED = {"\\": r"\\", "{": r"\{", "}": r"\}", "\n": r"\line ", "\t": r"\tab "}
CHINESE_FONT = 1


def escape_rtf(text: str) -> str:
    r"""Return ``text`` for RTF: a character outside ASCII as ``\uN?``, Chinese in its own font.

    A character beyond the first plane is its two surrogates; a control character is a space.
    """
    runs = groupby(text, key=is_wide)
    return "".join(_write_run("".join(run), wide) for wide, run in runs)


def _write_run(run: str, wide: bool) -> str:
    written = "".join(map(_write_character, run))
    return f"{{\\f{CHINESE_FONT} {written}}}" if wide else written


def _write_character(character: str) -> str:
    if character in _ESCAPED:
        return _ESCAPED[character]
    if " " <= character <= "~":
        return character
    if ord(character) < ord(" "):
        return " "
    units = character.encode("utf-16-le")
    numbers = (
        int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2)
    )
    return "".join(f"\\u{number}?" for number in numbers)
