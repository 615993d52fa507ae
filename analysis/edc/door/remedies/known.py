"""Identifiers that are known, and which of them another one resembles."""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np

NUMBERS = re.compile(r"[0-9]+")
DECIMALS = ".0"
"""What a spreadsheet or SAS may add to an identifier that it took for a number."""

Signature = tuple[str, ...]


class Known:
    """Identifiers that are known, to be asked which of them another one resembles.

    Of their signatures the hashes alone are kept, in order: the signatures of a million identifiers
    would be gigabytes.
    """

    def __init__(self, identifiers: Iterable[str]) -> None:
        self.all = frozenset(identifiers)
        self.ordered = sorted(self.all)
        hashes, owners = array("q"), array("q")
        for owner, identifier in enumerate(self.ordered):
            for signature in sign(identifier):
                hashes.append(hash(signature))
                owners.append(owner)
        all_hashes = np.frombuffer(hashes, np.int64) if hashes else np.zeros(0, np.int64)
        order = np.argsort(all_hashes, kind="stable")
        self._hashes = all_hashes[order]
        self._owners = np.array(owners, np.int64)[order]

    def find_like(self, unknown: str) -> str | None:
        """Return the one identifier that has the most in common; None without one, or with two."""
        for signature in sign(unknown):
            like = self._list_signed(signature)
            first = next(like, None)
            if first is not None:
                return first if next(like, None) is None else None
        return None

    def _list_signed(self, signature: Signature) -> Iterator[str]:
        """Yield the identifiers of a signature, each once."""
        wanted, last = hash(signature), -1
        begin = int(np.searchsorted(self._hashes, wanted, side="left"))
        end = int(np.searchsorted(self._hashes, wanted, side="right"))
        for place in range(begin, end):
            owner = int(self._owners[place])
            if owner != last and signature in sign(self.ordered[owner]):
                yield self.ordered[owner]
            last = owner


@lru_cache(maxsize=1)
def know(identifiers: frozenset[str]) -> Known:
    """Return these identifiers as known ones; of the last set that was asked for, the same again.

    Every table of an export is held against the same subjects.
    """
    return Known(identifiers)


def sign(identifier: str) -> Iterator[Signature]:
    """Yield what an identifier has in common with its other spellings, the strictest first.

    Its letters and numbers without zeros in front, case and marks; its numbers alone; its letters
    and its numbers run together; its last two numbers.
    """
    plain = unicodedata.normalize("NFKC", identifier).casefold().removesuffix(DECIMALS)
    numbers = [found.lstrip("0") for found in NUMBERS.findall(plain)]
    letters = "".join(c for c in plain if c.isalpha())
    yield ("whole", letters, *numbers)
    if numbers:
        yield ("numbers", *numbers)
        yield ("digits", letters, "".join(NUMBERS.findall(plain)).lstrip("0"))
    if len(numbers) > 1:
        yield ("last", *numbers[-2:])
