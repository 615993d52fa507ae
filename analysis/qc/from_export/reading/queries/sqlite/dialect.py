"""What a condition or query may hold, so that DuckDB and SQLite mean the same by it.

SQLite compares a text with a number as texts, takes any text for a truth value and sorts NULL
first; DuckDB converts, or refuses. So numbers stand beside what counts alone, a column is no truth
value, and nothing depends on an order. Sources: DuckDB, SQL Introduction; SQLite, Datatypes.
"""

from collections.abc import Sequence

from analysis.qc.from_export.reading.queries.sqlite.functions import FUNCTIONS, OF_BOTH
from analysis.qc.from_export.reading.queries.sqlite.values import look_at_numbers, look_at_truth
from analysis.qc.from_export.reading.queries.sqlite.words import (
    END,
    Kind,
    UnlikeQueryError,
    Word,
    join_words,
    split_words,
)

UNLIKE = frozenset(
    {
        "ANTI", "ASOF", "COLLATE", "EXCEPT", "FALSE", "FETCH", "INTERSECT", "LATERAL", "LIMIT",
        "NATURAL", "OFFSET", "OVER", "PIVOT", "POSITIONAL", "QUALIFY", "RECURSIVE", "SEMI",
        "TABLESAMPLE", "TRUE", "UNPIVOT", "VALUES", "WINDOW",
    }
)  # fmt: skip
"""Words of the language that one engine lacks or understands in another way."""
BEFORE_TEXT = frozenset(
    {
        "AND", "AS", "BETWEEN", "CASE", "DISTINCT", "ELSE", "ESCAPE", "FROM", "HAVING", "IN", "IS",
        "LIKE", "NOT", "ON", "OR", "SELECT", "THEN", "WHEN", "WHERE",
    }
)  # fmt: skip
"""Words behind which a text is itself; behind any other it would be of a type, or a name."""
WHOLE_TYPES = ("INTEGER", "INT", "BIGINT")
CONVERTING = {"CAST": "whole", "TRY_CAST": "try_whole"}
CALLED = frozenset({name for name, _ in FUNCTIONS} | OF_BOTH)
AFTER_STAR = ("SELECT", "DISTINCT", "ALL", ",", ".", "(")


def translate(text: str) -> tuple[str, list[Word]]:
    """Return a condition or query as SQLite is to run it, and its words.

    Raises UnlikeQueryError if it may mean something else there.

    >>> translate("length(mrs) = 1 AND CAST(visit AS INTEGER) > 3")[0]
    'length ( mrs ) = 1 AND whole ( visit ) > 3'
    """
    words = _rewrite_casts(split_words(text))
    for place, word in enumerate(words):
        before = words[place - 1] if place else END
        after = words[place + 1] if place + 1 < len(words) else END
        _look_at_word(word, before, after)
    calls = _find_calls(words)
    look_at_numbers(words, calls)
    look_at_truth(words, calls)
    # the engine takes left and right for joins
    shown = [
        Word(Kind.QUOTED, f'"{word.text.lower()}"')
        if word.capitals in ("LEFT", "RIGHT") and place + 1 in calls
        else word
        for place, word in enumerate(words)
    ]
    return join_words(shown), words


def _rewrite_casts(words: list[Word]) -> list[Word]:
    """Conversions into whole numbers as functions."""
    made: list[Word] = []
    depths: list[bool] = []
    for place, word in enumerate(words):
        after = words[place + 1].capitals if place + 1 < len(words) else ""
        if word.capitals in CONVERTING and after == "(":
            made.append(Word(Kind.NAME, CONVERTING[word.capitals]))
            continue
        if word.capitals == "(":
            depths.append(place > 0 and words[place - 1].capitals in CONVERTING)
        if word.capitals == "AS" and depths and depths[-1]:
            if after not in WHOLE_TYPES:
                raise UnlikeQueryError(f"it converts into {after}")
            continue
        if (
            word.capitals in WHOLE_TYPES
            and words[place - 1].capitals == "AS"
            and depths[-1:] == [True]
        ):
            continue
        if word.capitals == ")" and depths:
            depths.pop()
        made.append(word)
    return made


def _look_at_word(word: Word, before: Word, after: Word) -> None:
    if word.capitals in UNLIKE and before.text != ".":
        raise UnlikeQueryError(f"it holds {word.text}")
    is_named = word.kind is Kind.TEXT and before.kind in (Kind.NAME, Kind.QUOTED)
    if is_named and before.capitals not in BEFORE_TEXT:
        raise UnlikeQueryError(f"it holds a text behind {before.text}")
    if word.text == "*" and before.capitals not in AFTER_STAR:
        raise UnlikeQueryError("it multiplies")


def _find_calls(words: Sequence[Word]) -> dict[int, str]:
    """By the place of each parenthesis that opens the arguments of a function, its name folded."""
    return {
        place + 1: word.text.strip('"').lower()
        for place, word in enumerate(words[:-1])
        if words[place + 1].text == "(" and word.text.strip('"').lower() in CALLED
    }
