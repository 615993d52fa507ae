"""Identifiers of the export in the spelling of the layout, as the mapping has it."""

import re
from collections.abc import Mapping
from typing import Any


def respell(text: str, spelling: Mapping[str, Any]) -> str:
    """Return an identifier as the keys of ``spelling`` make it, in their order; "" stays so."""
    if not text:
        return ""
    for old, new in spelling["replace"].items():
        text = new.join(text.split(old))
    if spelling["case"] != "as_is":
        text = text.upper() if spelling["case"] == "upper" else text.lower()
    text = text.removeprefix(spelling["remove_prefix"]).removesuffix(spelling["remove_suffix"])
    if spelling["piece"]:
        pieces = dict(enumerate(text.split(spelling["piece"]["at"]), 1))
        text = pieces.get(spelling["piece"]["number"], text)
    text = _fill(text, list(spelling["zero_fill"]), keeps=spelling["keep_zeros"])
    if spelling["insert"]:
        place, piece = spelling["insert"]["after"], spelling["insert"]["text"]
        text = text if text.startswith(piece, place) else text[:place] + piece + text[place:]
    front, end = spelling["add_prefix"], spelling["add_suffix"]
    text = text if text.startswith(front) else front + text
    return text if text.endswith(end) else text + end


def _fill(text: str, widths: list[int], *, keeps: bool) -> str:
    """Every number at its width, or at least so wide, if there are as many numbers as widths."""
    pieces = re.split("([0-9]+)", text)
    numbers = pieces[1::2]
    if len(numbers) != len(widths):
        return text
    pieces[1::2] = [f"{n if keeps else int(n) or '':>{width}}".replace(" ", "0") for n, width in
                    zip(numbers, widths, strict=True)]  # fmt: skip
    return "".join(pieces)
