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
    text = _fill(text, list(spelling["zero_fill"]))
    if spelling["insert"]:
        place, piece = spelling["insert"]["after"], spelling["insert"]["text"]
        text = text if text.startswith(piece, place) else text[:place] + piece + text[place:]
    front, end = spelling["add_prefix"], spelling["add_suffix"]
    text = text if text.startswith(front) else front + text
    return text if text.endswith(end) else text + end


def _fill(text: str, widths: list[int]) -> str:
    """Every number at its width, if there are as many numbers as widths."""
    pieces = re.split("([0-9]+)", text)
    numbers = pieces[1::2]
    if len(numbers) != len(widths):
        return text
    pieces[1::2] = [f"{int(n) or '':>{width}}".replace(" ", "0") for n, width in
                    zip(numbers, widths, strict=True)]  # fmt: skip
    return "".join(pieces)
