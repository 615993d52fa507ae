"""Reads back the text of an RTF file, as far as ours go."""

from __future__ import annotations

import re

CONTINUED = " (continued)"
CELL, END = "\x07", "\n"
_TOKEN = re.compile(r"\\u(-?\d+)\?|\\([\\{}])|\\([a-z]+)(?:-?\d+)? ?|([{}\n])|(.)")
_WORDS = {"cell": CELL, "row": END, "par": END, "line": " ", "tab": "\t"}


def read_text(rtf: str) -> str:
    """The text with cells and lines ended; formatting is left out."""
    units = bytearray()
    for number, escaped, word, skipped, plain in _TOKEN.findall(rtf):
        if number:
            units += (int(number) % 65536).to_bytes(2, "little")
        elif not skipped:
            units += (escaped or plain or _WORDS.get(word, "")).encode("utf-16-le")
    return units.decode("utf-16-le")


def find_rows(rtf: str) -> list[str]:
    """The source of every row, with the column heads once and no heading that is continued."""
    rows = list_rows(rtf)
    own = [row for row in rows if CONTINUED not in row]
    return [row for place, row in enumerate(own) if place == 0 or r"\trhdr" not in row]


def list_rows(rtf: str) -> list[str]:
    """The source of every row as it stands."""
    return re.findall(r"\\trowd.*?\\row\b", rtf, re.DOTALL)


def find_pages(rtf: str) -> list[str]:
    """The source of the table on each page."""
    body = rtf[rtf.index(r"\trowd") :]
    return body.split(r"\pagebb")


def read_rows(rtf: str) -> list[list[str]]:
    """The cells of every row of the table, with the column heads once."""
    rows = find_rows(rtf)
    return [read_text(row).rstrip(END).removesuffix(CELL).split(CELL) for row in rows]


def read_group(rtf: str, name: str) -> str:
    """The source of one group, as the header of the pages."""
    start = rtf.index(rf"{{\{name}")
    depth = 0
    for place in range(start, len(rtf)):
        depth += {"{": 1, "}": -1}.get(rtf[place], 0) if rtf[place - 1] != "\\" else 0
        if depth == 0:
            return rtf[start : place + 1]
    raise ValueError(f"the group {name} does not end")
