"""Which characters can be printed, and what stands in the place of those that cannot.

Control characters (Cc), surrogates (Cs) and noncharacters of Unicode, those that XML 1.0 forbids
among them, and what cannot be seen but changes how the text around it is read or compared: marks
and overrides of direction (Unicode Standard Annex 9), zero-width spaces, invisible operators, tags.
The joiners U+200C and U+200D stay, which some scripts are spelt with.
"""

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Every font of the figures has it."""

_BREAKS = r"\t\n\v\f\r\x85\u2028\u2029"
_UNSEEN = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    r"\U0001d173-\U0001d17a\U000e0000-\U000e007f"
) + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))

_LINE_BREAK = re.compile(rf"\r\n|[{_BREAKS}]")
_OTHER_BREAK = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(rf"[{_UNSEEN}]")
_NOTABLE = re.compile(rf"[{_BREAKS}{_UNSEEN}{REPLACEMENT}]")
_SURROGATE = re.compile("[\ud800-\udfff]")

_NAMES = {
    "\0": "NUL", "\t": "tab", "\n": "line feed", "\r": "carriage return", "\v": "line tabulation",
    "\f": "form feed", "\x85": "next line", "\u2028": "line separator",
    "\u2029": "paragraph separator", "\xad": "soft hyphen", "\u200b": "zero-width space",
    "\ufeff": "byte order mark", REPLACEMENT: "replacement character",
}  # fmt: skip


def clean_cell(text: str) -> str:
    """Return the text of a cell in one line that every format can hold.

    Tabs and line breaks become a blank each (CR LF is one), other characters that cannot be
    printed U+FFFD.
    """
    if is_clean(text):
        return text
    return _UNPRINTABLE.sub(REPLACEMENT, _LINE_BREAK.sub(" ", text))


def clean_printed(text: str) -> str:
    r"""Return a text as it may be printed: as :func:`clean_cell`, but ``\n`` and ``\t`` stay."""
    if is_clean(text):
        return text
    return _UNPRINTABLE.sub(REPLACEMENT, _OTHER_BREAK.sub("\n", text))


def clean_surrogates(text: str) -> str:
    """Return the text with U+FFFD for lone surrogates, the one thing that UTF-8 cannot hold."""
    return _SURROGATE.sub(REPLACEMENT, text)


def is_clean(text: str) -> bool:
    """Return whether a cell has nothing to clean, and no U+FFFD that an earlier program left."""
    if text.isprintable():
        return REPLACEMENT not in text
    return _NOTABLE.search(text) is None


def name_unprintable(text: str) -> str:
    """Return the characters that a query on a cell names, each once: ``U+0000 (NUL), U+0007``."""
    found = dict.fromkeys(_NOTABLE.findall(text))
    return ", ".join(_name(character) for character in found)


def _name(character: str) -> str:
    name = _NAMES.get(character)
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")
