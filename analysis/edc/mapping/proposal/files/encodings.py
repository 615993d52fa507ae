"""The encoding of a text file, told from its bytes: what nothing in the file says, and is unsure.

Text in one encoding is text in most others too, as other characters. Those of the right one are
common in its language: the 3,755 characters of level 1 of GB 2312-80, the 5,401 of level 1 of Big5,
kana and the 2,965 of level 1 of JIS X 0208, and in Windows-1252 letters that stand alone between
those of ASCII, as in German, French or Spanish words.
"""

import re
from collections import Counter
from functools import cache

from analysis.edc.sources.delimited.encodings import CODEC_OF, find_utf_16, reads

ENOUGH = 0.5
"""The least share of characters that must be common for an encoding to be tried."""
LOOKED_AT = 1_000_000
"""Bytes of a file whose characters are counted."""
SOUGHT = ("gb18030", "cp1252", "big5", "shift_jis")
"""In this order where they fit alike, as a single character may."""
RANGES: dict[str, tuple[tuple[int, int, int, int], ...]] = {
    "gb18030": ((0xB0, 0xD7, 0xA1, 0xFE), (0xA1, 0xA1, 0xA1, 0xFE), (0xA3, 0xA3, 0xA1, 0xFE)),
    "big5": ((0xA4, 0xC6, 0x40, 0xFE), (0xA1, 0xA3, 0x40, 0xFE)),
    "shift_jis": ((0x88, 0x98, 0x40, 0xFC), (0x81, 0x83, 0x40, 0xFC)),
}
"""Characters in common use by their first and last lead byte and second byte; with punctuation,
wide digits and, in Shift-JIS, kana."""
QUOTES = b"\x84\x91-\x94\x96\x97\xa1\xab\xbb\xbf"
"""Quotation marks, dashes and the Spanish marks before a sentence: they may touch a letter."""
ALONE = b"\x80\x85\x99\xa3\xa7\xa9\xaa\xae\xb0-\xb3\xb5\xb7\xba\xbc-\xbe\xc0-\xd6\xd8-\xde"
"""Signs (euro, degree, micro, fractions) and capitals: none touches another, nor a small letter."""
SMALL = b"\x9c\xdf-\xf6\xf8-\xff"
OTHERS = b"\x80-\x83\x85-\x90\x95\x98-\x9f\xa2-\xaa\xac-\xba\xbc-\xbe\xc0-\xff"
"""All beyond ASCII but quotes and the blank that doesn't break."""
LATIN = re.compile(
    b"(?<![%(any)s])(?:[%(alone)s]|[%(small)s]{1,2})(?![%(any)s])"
    b"|(?<![%(quotes)s])[%(quotes)s](?![%(quotes)s])"
    % {b"any": OTHERS, b"alone": ALONE, b"small": SMALL, b"quotes": QUOTES}
)
"""What European words have of Windows-1252: one sign or capital, one or two small letters (ée)."""


def rank_encodings(raw: bytes) -> dict[str, float]:
    """Return the encodings that the bytes may be in, the likest first, with how well they fit.

    What is UTF-8 is nothing else, nor what begins with the mark of UTF-16. Of others the fit is the
    share of the characters beyond ASCII that are common in text of the encoding; none is returned
    where less than half are: a wrong one would be worse.

    >>> rank_encodings("男,缺血性卒中".encode("gb18030"))
    {'gb18030': 1.0}
    >>> rank_encodings("männlich,Übelkeit".encode("cp1252"))
    {'cp1252': 1.0}
    """
    if reads(raw, "utf-8"):
        return {"utf-8": 1.0}
    if wide := find_utf_16(raw):
        return {wide: 1.0}
    fits = {name: _find_fit(raw, name) for name in SOUGHT if reads(raw, name)}
    ordered = sorted(fits, key=lambda name: -fits[name])
    return {name: fits[name] for name in ordered if fits[name] >= ENOUGH}


def _find_fit(raw: bytes, encoding: str) -> float:
    first = raw[:LOOKED_AT]
    if encoding == "cp1252":
        beyond = len(re.findall(rb"[\x80-\x9f\xa1-\xff]", first))
        return sum(map(len, LATIN.findall(first))) / max(beyond, 1)
    text = first.decode(CODEC_OF[encoding], errors="ignore")  # which may end in a character
    counts = Counter({c: n for c, n in Counter(text).items() if not c.isascii()})
    return sum(n for c, n in counts.items() if c in _list_common(encoding)) / max(counts.total(), 1)


@cache
def _list_common(encoding: str) -> frozenset[str]:
    """The characters in common use that an encoding has two bytes for.

    Kana of one byte are none of them: any Chinese text in GB18030 is full of such bytes.
    """
    pairs = (
        bytes((lead, second))
        for first, last, low, high in RANGES[encoding]
        for lead in range(first, last + 1)
        for second in range(low, high + 1)
    )
    texts = (pair.decode(CODEC_OF[encoding], errors="replace") for pair in pairs)
    return frozenset(text for text in texts if len(text) == 1 and not text.isascii())
