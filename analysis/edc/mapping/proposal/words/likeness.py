"""How alike a name or a label is to the phrases by which a column of the layout is known."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from analysis.config.load import read_yaml

SYNONYMS_FILE = Path(__file__).with_name("synonyms.yaml")
SYSTEM_FILE = Path(__file__).with_name("system_columns.yaml")
CODE_WORDS_FILE = Path(__file__).with_name("code_words.yaml")
FORMS = "forms"
ANY = "any"
SAME, WHOLE, PART = 1.0, 0.6, 0.45
"""Likeness of the same words; least of all words of a phrase among others; most of half of them."""
_TOKEN = re.compile(r"[a-z]+|[0-9]+[a-z]*(?![a-z0-9])|[0-9]+|[\u3400-\u9fff]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_IDLE = {"of", "the", "and", "a", "an", "in", "on", "at", "for", "by", "to", "with", "or", "was"}
_CHINESE = re.compile("[\u3400-\u9fff]")


@cache
def load_phrases() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return by table, and by column or ``forms``, the phrases that the package carries."""
    raw = read_yaml(SYNONYMS_FILE)
    return {
        table: {name: tuple(map(str, phrases)) for name, phrases in columns.items()}
        for table, columns in raw.items()
    }


@cache
def load_code_words() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return by column, and by code, the words that the package carries."""
    raw = read_yaml(CODE_WORDS_FILE)
    return {
        column: {str(code): tuple(map(str, words)) for code, words in codes.items()}
        for column, codes in raw.items()
    }


@cache
def load_system_columns() -> frozenset[str]:
    """Return the names, folded, of columns that EDC systems add to every form."""
    return frozenset("".join(split(str(name))) for name in read_yaml(SYSTEM_FILE)["columns"])


def is_system_column(name: str) -> bool:
    """Return whether a column is one that an EDC system adds.

    >>> is_system_column("redcap_event_name"), is_system_column("mrs_score")
    (True, False)
    """
    return "".join(split(name)) in load_system_columns()


def list_phrases(table: str, column: str) -> tuple[str, ...]:
    """Return the phrases for a column of the layout, its own name first."""
    known = load_phrases()
    return (column, *known.get(table, {}).get(column, ()), *known[ANY].get(column, ()))


def compare(text: str, phrases: Iterable[str]) -> float:
    """Return how alike a text is to the likest of some phrases, from 0 to 1.

    >>> compare("Systolic_BP", ["systolic bp"]), compare("weather", ["systolic bp"])
    (1.0, 0.0)
    """
    return max((_compare(text, phrase) for phrase in phrases), default=0.0)


@cache
def _compare(text: str, phrase: str) -> float:
    mine, sought = split(text), split(phrase)
    if not mine or not sought:
        return 0.0
    if "".join(mine) == "".join(sought):
        return SAME
    if _CHINESE.search(phrase):
        return _compare_chinese("".join(mine), "".join(sought))
    found = sum(any(_is_same(word, other) for other in mine) for word in sought)
    if found == len(sought):
        return WHOLE + (SAME - WHOLE) * len(sought) / len(mine)
    return PART * found / len(sought) if found * 2 > len(sought) else 0.0


def _compare_chinese(text: str, phrase: str) -> float:
    if phrase in text:
        return WHOLE + (SAME - WHOLE) * len(phrase) / len(text)
    return PART * len(text) / len(phrase) if len(text) > 1 and text in phrase else 0.0


def _is_same(word: str, other: str) -> bool:
    """The same word, but for a plural; a short one may not stand for a longer."""
    return word == other or word + "s" == other or other + "s" == word


@cache
def split(text: str) -> tuple[str, ...]:
    """Return the words of a name or a label, in small letters, without idle ones.

    >>> split("dateOf_Birth"), split("mRS评估日期")
    (('date', 'birth'), ('mrs', '评估日期'))
    """
    folded = unicodedata.normalize("NFKC", text)
    for name in ("mRS", "eTICI", "eGFR", "mTICI", "tPA"):
        folded = folded.replace(name, name.lower())
    words = _TOKEN.findall(_CAMEL.sub(" ", folded).casefold())
    return tuple(word for word in words if word not in _IDLE)
