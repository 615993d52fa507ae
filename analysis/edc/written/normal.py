"""Texts as they are compared: without blanks at both ends, full-width letters and digits plain."""

from unicodedata import normalize


def normalise(text: str) -> str:
    """Return a text trimmed and in the form NFKC of Unicode.

    Full-width letters, digits and signs become plain ones, a blank of another width a blank, the
    micro sign the Greek letter. A minus sign (U+2212) stays what it is.

    >>> normalise("\u3000\uff2d\uff11 ")
    'M1'
    """
    return text.strip() if text.isascii() else normalize("NFKC", text).strip()
