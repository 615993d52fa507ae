"""Letters that look like Latin ones, and what cannot be seen: a text as the eye reads it."""

import unicodedata
from functools import cache

_TWINS = {
    # Cyrillic
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "ғ": "f", "һ": "h", "н": "h",
    "і": "i", "ї": "i", "ј": "j", "к": "k", "ԛ": "q", "ӏ": "l", "м": "m", "п": "n", "о": "o",
    "р": "p", "г": "r", "ѕ": "s", "т": "t", "у": "y", "ү": "y", "ѵ": "v", "ѡ": "w", "ԝ": "w",
    "х": "x", "з": "3", "ь": "b", "є": "e", "я": "r",
    # Greek
    "α": "a", "β": "b", "ϲ": "c", "ς": "c", "ε": "e", "η": "n", "ι": "i", "κ": "k", "μ": "m",
    "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ζ": "z", "γ": "y", "ϳ": "j",
    "λ": "l", "σ": "o", "ω": "w", "δ": "d",
    # Armenian, Cherokee, Lisu
    "օ": "o", "ո": "n", "ս": "u", "հ": "h", "ց": "g", "զ": "q", "լ": "l", "ѐ": "e",
    "Ꭺ": "a", "Ᏼ": "b", "Ꮯ": "c", "Ꭼ": "e", "Ꮮ": "l", "Ꮇ": "m", "Ꮲ": "p", "Ꮪ": "s", "Ꮋ": "h",
    "ꮮ": "l", "ꮯ": "c", "ꮲ": "p", "ꮪ": "s", "ꮇ": "m", "ꭺ": "a", "ꭼ": "e", "ꮋ": "h",
    "ꓐ": "b", "ꓑ": "p", "ꓚ": "c", "ꓡ": "l", "ꓢ": "s", "ꓟ": "m", "ꓮ": "a", "ꓰ": "e", "ꓳ": "o",
    # Latin letters with another shape, and signs
    "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ɑ": "a", "ɡ": "g", "ſ": "s", "ꜱ": "s", "ƿ": "p",
    "|": "l", "¡": "i", "€": "e", "£": "l", "¢": "c", "§": "s", "©": "c", "∘": "o",
}  # fmt: skip
_UPPER_TWINS = {
    "Α": "a", "Β": "b", "Ε": "e", "Ζ": "z", "Η": "h", "Ι": "i", "Κ": "k", "Μ": "m", "Ν": "n",
    "Ο": "o", "Ρ": "p", "Τ": "t", "Υ": "y", "Χ": "x", "У": "y", "В": "b", "Н": "h", "П": "n",
}  # fmt: skip
"""Capitals that look like another letter than their small ones do."""
_DIGITS = str.maketrans(
    {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s", "!": "i"}
)
_SIMPLIFIED = str.maketrans(
    "組別療隨機試驗藥處實際計劃結對劑單雙鹽潑強龍樂編號氫",
    "组别疗随机试验药处实际计划结对剂单双盐泼强龙乐编号氢",
)  # fmt: skip


def fold_lookalikes(text: str) -> str:
    """Return a text in small Latin letters where letters look like them, without what is unseen.

    After NFKC (full width, mathematical letters), accents, zero-width and control characters are
    taken out, and letters of other scripts that look like Latin ones become those; traditional
    characters become simplified ones.
    """
    if text.isascii() and text.isprintable():
        return text.lower()
    composed = unicodedata.normalize("NFKC", text)
    plain = unicodedata.normalize("NFD", composed)
    return "".join(_fold_character(char) for char in plain).translate(_SIMPLIFIED)


def fold_digits(text: str) -> str:
    """Return a folded text with digits and signs as the letters that they stand for (plac3b0)."""
    return text.translate(_DIGITS)


@cache
def _fold_character(char: str) -> str:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc", "Co", "Cn", "Cs"):
        return " " if char in "\t\r\n" else ""
    small = char.casefold()
    return (
        _UPPER_TWINS.get(char) or _TWINS.get(small) or _TWINS.get(char) or _name_latin(char, small)
    )


def _name_latin(char: str, small: str) -> str:
    """The letter in the name of a character: small capitals, letters in circles and squares."""
    if char.isascii():
        return small
    words = unicodedata.name(char, "").split()
    if {"LATIN", "SYMBOL"} & set(words) and "LETTER" in words and len(words[-1]) == 1:
        return words[-1].lower()
    return small
