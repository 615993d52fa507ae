"""How a system writes one kind of cell, and how its text is read back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


def keep(text: str) -> str:
    """Return the text as it is."""
    return text


@dataclass(frozen=True)
class Codec:
    """Text of the layout to text of the system, and back.

    ``digits``: decimals to which a number that was converted is the same as before.
    """

    write: Callable[[str], str] = keep
    read: Callable[[str], str] = keep
    digits: int | None = None

    def restore(self, text: str) -> str:
        """Return what the mapping makes of a text that the system wrote; the text itself if equal.

        >>> write_codes({"M": "1", "F": "2"}).restore("1")  # a fault that looks like a code
        'M'
        """
        back = self.read(self.write(text))
        return text if self.digits is not None and _is_same(text, back, self.digits) else back


def write_codes(codes: dict[str, str]) -> Codec:
    """Return the codec of a code list; a text that is not on the list is written as it is."""
    back = {written: text for text, written in codes.items()}
    return Codec(lambda text: codes.get(text, text), lambda text: back.get(text, text))


def write_prefix(prefix: str) -> Codec:
    """Return the codec that puts a prefix before every identifier."""
    return Codec(lambda text: prefix + text if text else "", lambda text: text.removeprefix(prefix))


def write_without(mark: str, after: int) -> Codec:
    """Return the codec of identifiers without the mark that stands after so many letters.

    >>> write_without("-", 2).write("01-001"), write_without("-", 2).read("01001")
    ('01001', '01-001')
    """

    def write(text: str) -> str:
        front, rest = text[:after], text[after:]
        return front + rest.removeprefix(mark)

    def read(text: str) -> str:
        front, rest = text[:after], text[after:]
        return front + (rest if not text or rest.startswith(mark) else mark + rest)

    return Codec(write, read)


def write_unit(factor: float, digits: int, kept: int) -> Codec:
    """Return the codec of another unit: numbers are divided by ``factor``.

    ``digits``: decimals that the system writes. ``kept``: decimals of the layout's texts, which
    must survive. What is no number stays.

    >>> glucose = write_unit(0.0555, 1, 1)  # mmol/L to mg/dL
    >>> glucose.write("13.0"), glucose.restore("13.0"), glucose.restore("unmeasured")
    ('234.2', '13.0', 'unmeasured')
    """

    def write(text: str) -> str:
        return f"{float(text) / factor:.{digits}f}" if _is_number(text) else text

    def read(text: str) -> str:
        return f"{float(text) * factor:.{kept}f}" if _is_number(text) else text

    return Codec(write, read, kept)


def replace_characters(pairs: Iterable[tuple[str, str]]) -> Codec:
    """Return the codec of a system that cannot write some characters, and writes others instead."""
    listed = tuple(pairs)

    def write(text: str) -> str:
        for old, new in listed:
            text = text.replace(old, new)
        return text

    return Codec(write)


def _is_same(text: str, back: str, digits: int) -> bool:
    if not (_is_number(text) and _is_number(back)):
        return text == back
    return round(float(text), digits) == round(float(back), digits)


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal() and text.isascii()
