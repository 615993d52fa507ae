"""Identifiers that are spelt otherwise: recognised and named with the mapping that respells them.

They are never matched without that mapping: whether ``1-001`` is ``01-001`` is for people to say.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from analysis.config.cells import Spelling
from analysis.edc.cells.identifiers import respell
from analysis.edc.door.remedies.known import DECIMALS, NUMBERS, Known

TRIED = 25
"""Unknown identifiers, of those that resemble a known one, from which a spelling is guessed."""
MARKS = re.compile(r"[^0-9A-Za-z]+")
NEARLY_ALL = 0.9
"""A spelling that makes a smaller share of the identifiers known is not named."""


@dataclass(frozen=True)
class Resemblance:
    """``unknown`` looks like ``known``.

    ``spelling``: the mapping that would make ``hits`` of all ``present`` identifiers known; None
    without one that makes nearly all of them so.
    """

    unknown: str
    known: str
    present: int
    spelling: Spelling | None = None
    hits: int = 0


def find_resemblance(present: Iterable[str], known: Known) -> Resemblance | None:
    """Return the first resemblance of an unknown identifier, with the spelling that fits best.

    ``present``: all identifiers of a column, because a spelling must leave the known ones known.
    """
    everyone = sorted(set(present))
    strangers = [each for each in everyone if each not in known.all]
    resembling = ((each, like) for each in strangers if (like := known.find_like(each)))
    pairs = list(islice(resembling, TRIED))
    if not pairs:
        return None
    guesses = [guess for pair in pairs for guess in _guess_spellings(*pair, _narrow(strangers))]
    best, hits = None, NEARLY_ALL * len(everyone)
    for guess in {guess.model_dump_json(): guess for guess in guesses}.values():
        made_known = _count_known(everyone, guess, known, hits)
        if made_known > hits:
            best, hits = guess, made_known
    return Resemblance(*pairs[0], len(everyone), best, int(hits) if best else 0)


def _count_known(everyone: list[str], guess: Spelling, known: Known, hits: float) -> int:
    """How many identifiers a spelling makes known; 0 as soon as they cannot be more than hits."""
    unknown = 0
    for each in everyone:
        unknown += respell(each, guess) not in known.all
        if len(everyone) - unknown <= hits:
            return 0
    return len(everyone) - unknown


def _narrow(identifiers: Iterable[str]) -> dict[str, str]:
    """Letters of full width and their like, with the plain ones that they stand for."""
    letters = sorted(set("".join(identifiers)))
    plain = {each: unicodedata.normalize("NFKC", each) for each in letters}
    return {each: letter for each, letter in plain.items() if letter != each}


def _guess_spellings(text: str, like: str, narrow: dict[str, str]) -> Iterator[Spelling]:
    """Yield the spellings that turn a text into another one, the plainest first."""
    base: dict[str, object] = {"remove_suffix": DECIMALS} if text.endswith(DECIMALS) else {}
    bare = text.removesuffix(DECIMALS)
    steps = [
        {**base, **replaced, **cased, **filled, **inserted}
        for replaced, cased, filled, inserted in product(
            _replacements(bare, like, narrow),
            _cases(like),
            _fillings(bare, like),
            _insertions(like),
        )
    ]
    for keys in sorted(steps, key=len):
        spelling = Spelling.model_validate(keys)
        around = _around(respell(text, spelling), like)
        if around is not None and not around.keys() & keys.keys():
            yield spelling.model_copy(update=around)


def _replacements(text: str, like: str, narrow: dict[str, str]) -> list[dict[str, object]]:
    """Marks and blanks inside the text: taken out, or as the known one has them."""
    marks, theirs = set(MARKS.findall(text)), set(MARKS.findall(like))
    foreign = sorted(marks - theirs)
    made: list[dict[str, object]] = [{}]
    if narrow:
        made.append({"replace": narrow})
    elif foreign:
        made += [{"replace": dict.fromkeys(foreign, mark)} for mark in ("", *sorted(theirs))]
    return made


def _cases(like: str) -> list[dict[str, object]]:
    return [{}, {"case": "upper" if like.isupper() else "lower"}]


def _fillings(text: str, like: str) -> list[dict[str, object]]:
    """The widths of the known one's numbers, for as many numbers as the text has."""
    widths = tuple(len(found) for found in NUMBERS.findall(like))
    count = len(NUMBERS.findall(text))
    made: list[dict[str, object]] = [{}]
    if widths and count == len(widths):
        made.append({"zero_fill": widths})
    elif widths and count == 1:
        made.append({"zero_fill": (sum(widths),)})
    elif 0 < len(widths) < count:  # numbers before the identifier, which stay as they are
        before = [len(found) for found in NUMBERS.findall(text)][: count - len(widths)]
        made.append({"zero_fill": (*before, *widths)})
    return made


def _insertions(like: str) -> list[dict[str, object]]:
    """A mark of the known one, at its place."""
    found = MARKS.search(like)
    if found is None or not found.start():
        return [{}]
    return [{}, {"insert": {"after": found.start(), "text": found[0]}}]


def _around(text: str, like: str) -> dict[str, str] | None:
    """What has to be put around a text, or taken off, for it to be another one."""
    if text == like:
        return {}
    if text.endswith(like):
        return {"remove_prefix": text.removesuffix(like)}
    if text.startswith(like):
        return {"remove_suffix": text.removeprefix(like)}
    if like.endswith(text) and text:
        return {"add_prefix": like.removesuffix(text)}
    if like.startswith(text) and text:
        return {"add_suffix": like.removeprefix(text)}
    return None


def write_spelling(table: str, column: str, spelling: Spelling) -> str:
    """Return the line of the mapping that sets a spelling."""
    keys = ", ".join(
        f"{name}: {_write(value)}"
        for name, value in spelling.model_dump(exclude_defaults=True).items()
    )
    return f"tables: {{{table}: {{identifiers: {{{column}: {{{keys}}}}}}}}}"


def _write(value: object) -> str:
    """A value of the mapping as YAML in one line; texts are quoted, so that none is a number."""
    if isinstance(value, dict):
        pairs = (f"{_write_key(key)}: {_write(each)}" for key, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(str(each) for each in value) + "]"
    return str(value) if value in ("upper", "lower") or isinstance(value, int) else f'"{value}"'


def _write_key(key: str) -> str:
    return key if key in ("after", "text") else _write(key)
