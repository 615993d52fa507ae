"""Names of months in English and other languages of Latin letters, as exports write them."""

import unicodedata
from functools import cache
from pathlib import Path

from analysis.config.base import Strict
from analysis.config.load import parse_model, read_yaml

MONTHS_FILE = Path(__file__).with_name("months.yaml")


class Names(Strict):
    """The names of one month: short and full, in small letters without accents and dots."""

    short: tuple[str, ...]
    full: tuple[str, ...]


class Months(Strict):
    """The names of every month by its number."""

    months: dict[str, Names]


@cache
def load_months() -> Months:
    """Return the names that the package carries."""
    return parse_model(Months, {"months": read_yaml(MONTHS_FILE)}, MONTHS_FILE.name)


def find_month(name: str, *, short_only: bool = False) -> int | None:
    """Return the number of a month by its name in any case, with or without accents and a dot.

    >>> find_month("MÄR"), find_month("févr."), find_month("Foo")
    (3, 2, None)
    """
    return _list_names(short_only).get(_fold(name))


@cache
def _list_names(short_only: bool) -> dict[str, int]:
    return {
        name: int(number)
        for number, names in load_months().months.items()
        for name in (*names.short, *(() if short_only else names.full))
    }


def _fold(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).removesuffix(".")
