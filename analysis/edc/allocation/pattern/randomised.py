"""The randomised subjects of an export: their order, their sites, and what identifies them."""

import re
from collections.abc import Iterator
from collections.abc import Mapping as MappingABC
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.edc.allocation.pattern.identifiers import Identifiers
from analysis.edc.layout import SUBJECT

Ints = NDArray[np.int64]

_NUMBER = re.compile(r"(\d+)")
RANDOMISATION = "rand"
"""The table of the layout that says who is randomised."""
IDENTIFIERS = {
    RANDOMISATION: (SUBJECT, "RANDNO", "KITNO"),
    "ex": ("EXKIT",),
    "screening": ("SCRNO",),
}
"""The columns of the layout whose values name one subject, by table."""
SHARED_LINKS = 0.6
"""From this share of its filled cells on that name subjects, a column says whose a row is."""


@dataclass(frozen=True)
class Randomised:
    """The randomised subjects, numbered from 0 in the order of their rows in ``rand``.

    ``orders`` are the orders in which a list may have been used up, each with the number of the
    stretch (a site, or all) that a subject belongs to. ``known`` gives the subject of an
    identifier, ``ids`` the identifiers of ``rand`` as it has them, ``times`` the time of
    randomisation (NaT if unreadable).
    """

    count: int
    sites: Ints
    orders: tuple[tuple[Ints, Ints], ...]
    known: Identifiers = field(repr=False)
    ids: pd.Series = field(repr=False)
    times: pd.Series = field(repr=False)


def describe_randomised(tables: MappingABC[str, pd.DataFrame]) -> Randomised | None:
    """Return the randomised subjects of the tables of the layout, or None without ``rand``.

    ``tables`` hold texts by the columns of the layout; what the export lacks is left out.
    """
    rand = tables.get(RANDOMISATION)
    if rand is None or SUBJECT not in rand or not len(rand):
        return None
    rand = rand[rand[SUBJECT] != ""].drop_duplicates(SUBJECT).reset_index(drop=True)
    count = len(rand)
    by_subject = Identifiers.of(rand[SUBJECT], np.arange(count))
    known = by_subject.link(_iter_identifiers(tables, by_subject))
    sites = _find_sites(tables, known, count)
    return Randomised(
        count=count,
        sites=sites,
        orders=_list_orders(rand, sites),
        known=known,
        ids=pd.concat([rand[c] for c in IDENTIFIERS[RANDOMISATION] if c in rand]),
        times=_read_times(rand),
    )


def _iter_identifiers(
    tables: MappingABC[str, pd.DataFrame], by_subject: Identifiers
) -> Iterator[tuple[pd.Series, Ints]]:
    """Yield the columns of further identifiers, with the subject of each cell."""
    for table, columns in IDENTIFIERS.items():
        frame = tables.get(table, pd.DataFrame())
        for column in (c for c in columns if c in frame and SUBJECT in frame and c != SUBJECT):
            yield frame[column], by_subject.find(frame[SUBJECT])


def _find_sites(tables: MappingABC[str, pd.DataFrame], known: Identifiers, count: int) -> Ints:
    """The number of each subject's site; -1 where ``dm`` does not say."""
    sites = np.full(count, -1, np.int64)
    dm = tables.get("dm", pd.DataFrame())
    if SUBJECT in dm and "SITEID" in dm:
        rows = known.find(dm[SUBJECT])
        codes, _ = pd.factorize(dm["SITEID"], sort=True)
        sites[rows[rows >= 0]] = codes[rows >= 0]
    return sites


def _list_orders(rand: pd.DataFrame, sites: Ints) -> tuple[tuple[Ints, Ints], ...]:
    """By time and by number of randomisation, and by subject, within site and in the whole."""
    everybody = np.zeros(len(rand), np.int64)
    orders = []
    for column in ("RANDDTC", "RANDNO", SUBJECT):
        if column in rand:
            rank = np.argsort(np.argsort(rand[column].map(write_sort_key), kind="stable"))
            for stretch in (sites, everybody):
                order = np.lexsort((rank, stretch)).astype(np.int64)
                orders.append((order, stretch))
    return tuple(orders)


def write_sort_key(text: str) -> str:
    """Return the text by which one with numbers in it is sorted: they go by their size.

    >>> sorted(["P10", "P9"], key=write_sort_key)
    ['P9', 'P10']
    """
    return _NUMBER.sub(lambda number: number[0].zfill(12), text)


def _read_times(rand: pd.DataFrame) -> pd.Series:
    if "RANDDTC" not in rand:
        return pd.Series(pd.NaT, index=rand.index, dtype="datetime64[s]")
    return read_times(rand["RANDDTC"])


def read_times(texts: pd.Series) -> pd.Series:
    """Return ISO dates and datetimes as times of day, NaT for anything else."""
    iso = texts.where(texts.str.fullmatch(r"[12]\d{3}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?"))
    return pd.to_datetime(iso, errors="coerce", format="ISO8601").astype("datetime64[s]")
