"""A condition or query taken apart into words, as both engines part them."""

import re
from dataclasses import dataclass
from enum import Enum


class UnlikeQueryError(Exception):
    """Why a query cannot be run by the second engine, or may mean something else to it."""


class Kind(Enum):
    """What a word is."""

    NAME = "name"
    QUOTED = "quoted"
    TEXT = "text"
    NUMBER = "number"
    SIGN = "sign"


@dataclass(frozen=True)
class Word:
    """One word as it is written."""

    kind: Kind
    text: str

    @property
    def capitals(self) -> str:
        """A bare name in capitals, a sign as it is; empty for what can be no word of the language.

        So a quoted name or a text is never taken for one.
        """
        return self.text.upper() if self.kind in (Kind.NAME, Kind.SIGN) else ""

    @property
    def name(self) -> str:
        """The name of a source or column that it may be, folded; empty for anything else."""
        if self.kind is Kind.QUOTED:
            return self.text[1:-1].replace('""', '"').casefold()
        return self.text.casefold() if self.kind is Kind.NAME else ""


END = Word(Kind.SIGN, "")
_WORD = re.compile(
    r"""(?P<text>'(?:[^']|'')*')
    |(?P<quoted>"(?:[^"]|"")*")
    |(?P<number>[0-9]+(?![\w.]))
    |(?P<name>[^\W\d]\w*)
    |(?P<sign><=|>=|<>|!=|==|\|\||[(),.*=<>])""",
    re.VERBOSE,
)
_BETWEEN_WORDS = re.compile(r"(?:\s|--[^\n]*(?:\n|$)|/\*(?:(?!/\*|\*/).)*\*/)*", re.DOTALL)


def split_words(text: str) -> list[Word]:
    """Return the words without comments.

    Raises UnlikeQueryError for a sign, or a kind of number, that is not the same in both engines.

    >>> [word.text for word in split_words("mrs <> '' -- filled")]
    ['mrs', '<>', "''"]
    """
    words, place = [], _skip(text, 0)
    end = len(text.rstrip().removesuffix(";").rstrip())
    while place < end:
        found = _WORD.match(text, place)
        if found is None or found.lastgroup is None:
            raise UnlikeQueryError(f"it holds the sign {text[place]}")
        if found.end() < len(text) and text[found.end()] == "'" and found.lastgroup == "name":
            raise UnlikeQueryError(f"it holds a text with a mark before it ({found[0]}'...')")
        words.append(Word(Kind(found.lastgroup), found[0]))
        place = _skip(text, found.end())
    return words


def _skip(text: str, place: int) -> int:
    found = _BETWEEN_WORDS.match(text, place)
    return found.end() if found else place


def join_words(words: list[Word]) -> str:
    """Return the text of words."""
    return " ".join(word.text for word in words)
