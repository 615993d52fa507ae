"""Numbers and truth values in a query: where the two engines would take them otherwise."""

from collections.abc import Mapping, Sequence

from analysis.qc.from_export.reading.queries.relation import ROW
from analysis.qc.from_export.reading.queries.sqlite.functions import COUNTING
from analysis.qc.from_export.reading.queries.sqlite.words import END, Kind, UnlikeQueryError, Word

COMPARING = frozenset({"=", "==", "<>", "!=", "<", "<=", ">", ">="})
BEFORE_TRUTH = frozenset({"WHERE", "OR", "NOT", "WHEN", "HAVING", "ON", "AND"})
AFTER_TRUTH = frozenset({"AND", "OR", ")", "THEN", "GROUP", "ORDER", "UNION", ""})
NO_COLUMNS = frozenset({"NOT", "NULL", "EXISTS", "CASE", "LIKE"})


def look_at_numbers(words: Sequence[Word], calls: Mapping[int, str]) -> None:
    """Whole numbers are compared with whole numbers, texts with texts.

    ``calls``: by the place of its opening parenthesis, the name of a function. Raises
    UnlikeQueryError for a number elsewhere.
    """
    ends, opened = {}, list[int]()
    for place, word in enumerate(words):
        if word.text == "(":
            opened.append(place)
        elif word.text == ")" and opened:
            ends[place] = opened.pop()
        elif word.kind is Kind.NUMBER:
            _require_place(words, place, is_argument=bool(opened) and opened[-1] in calls)
        if word.capitals in COMPARING:
            left, right = place - 1, place + 1
            counts = [
                _counts(words, left, calls.get(ends.get(left, -1), "")),
                _counts(words, right, calls.get(right + 1, "")),
            ]
            if counts[0] != counts[1]:
                raise UnlikeQueryError("it compares a text with a number")


def _counts(words: Sequence[Word], place: int, called: str) -> bool:
    word = words[place] if 0 <= place < len(words) else END
    return word.kind is Kind.NUMBER or word.name == ROW or called in COUNTING


def _require_place(words: Sequence[Word], place: int, *, is_argument: bool) -> None:
    around = [words[i].capitals if 0 <= i < len(words) else "" for i in (place - 1, place + 1)]
    compared = COMPARING.intersection(around)
    argument = is_argument and around[0] in ("(", ",") and around[1] in (")", ",")
    if not compared and not argument and around[0] != "SELECT":
        raise UnlikeQueryError(f"it holds the number {words[place].text}")


def look_at_truth(words: Sequence[Word], calls: Mapping[int, str]) -> None:
    """A column alone between AND, OR and the like would be taken for yes or no.

    Raises UnlikeQueryError if there is one.
    """
    between = 0
    for place, word in enumerate(words):
        between += word.capitals == "BETWEEN"
        if word.capitals == "AND" and between:
            between -= 1
            continue
        opens = word.text == "(" and place not in calls and words[place - 1].capitals in {
            *BEFORE_TRUTH, "(",
        }  # fmt: skip
        if (word.capitals in BEFORE_TRUTH or opens or place == 0) and _is_alone(words, place):
            raise UnlikeQueryError("it takes a column for yes or no")


def _is_alone(words: Sequence[Word], place: int) -> bool:
    """Whether a column alone, perhaps of a named source, stands behind a place."""
    first = place + 1 if words[place].capitals in {*BEFORE_TRUTH, "("} else place
    end = first + 1
    while end + 1 < len(words) and words[end].text == ".":
        end += 2
    names = words[first:end]
    after = words[end].capitals if end < len(words) else ""
    is_name = bool(names) and all(w.name or w.text == "." for w in names)
    return is_name and names[0].capitals not in NO_COLUMNS and after in AFTER_TRUTH
