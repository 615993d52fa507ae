"""The arrays of the generator, and how their values are written as the texts of an export."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Flags: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Times: TypeAlias = NDArray[np.datetime64]  # site local time, to the minute
Texts: TypeAlias = NDArray[np.object_]
Columns: TypeAlias = dict[str, Texts]  # one table: column, cell texts ("" is missing)

DAY = 1440  # minutes


def to_texts(values: list[str] | tuple[str, ...]) -> Texts:
    """Return strings as an object array, whose cells may later grow."""
    texts = np.empty(len(values), dtype=object)
    texts[:] = values
    return texts


def pick_texts(codes: tuple[str, ...], index: Ints) -> Texts:
    """Return the code at each index."""
    return to_texts(codes)[index]


def blank_where(flags: Flags, texts: Texts) -> Texts:
    """Return the texts, empty where the flag is up."""
    return np.where(flags, "", texts).astype(object)


def write_whole(values: Ints) -> Texts:
    """Return integers as texts."""
    return to_texts([str(value) for value in values.tolist()])


def write_padded(values: Ints, width: int) -> Texts:
    """Return integers as texts of ``width`` digits, with leading zeros."""
    return to_texts([f"{value:0{width}d}" for value in values.tolist()])


def write_decimal(values: Floats, digits: int = 1) -> Texts:
    """Return numbers with a fixed number of decimals."""
    return to_texts([f"{value:.{digits}f}" for value in values.tolist()])


def write_yes_no(flags: Flags) -> Texts:
    """Return Y where the flag is up, else N."""
    return np.where(flags, "Y", "N").astype(object)


def write_moment(times: Times) -> Texts:
    """Return times as YYYY-MM-DDTHH:MM, empty where there is none."""
    texts = np.datetime_as_string(times.astype("datetime64[m]")).astype(object)
    return blank_where(np.isnat(times), texts)


def write_date(times: Times) -> Texts:
    """Return the calendar dates of times as YYYY-MM-DD, empty where there is none."""
    texts = np.datetime_as_string(times.astype("datetime64[D]")).astype(object)
    return blank_where(np.isnat(times), texts)


def add_minutes(times: Times, minutes: Floats | Ints | int) -> Times:
    """Return times moved by so many minutes (rounded down to the minute)."""
    moved = times.astype("datetime64[m]") + np.floor(minutes).astype("timedelta64[m]")
    return np.asarray(moved, dtype="datetime64[m]")


def at_clock(times: Times, days: Floats | Ints | int, minutes: Floats | Ints | int) -> Times:
    """Return the calendar date of times moved by whole days, at so many minutes after midnight."""
    midnight = times.astype("datetime64[D]") + np.floor(days).astype("timedelta64[D]")
    return add_minutes(np.asarray(midnight), minutes)
