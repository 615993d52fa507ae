"""What every kind of source is read as: columns of text, and what the file says beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Epoch:
    """From when a file counts its dates, and in which units a number without a format may count."""

    start: datetime
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class LabelledColumns:
    """The columns of a source as text, "" for missing; texts that it marks as missing stay.

    ``marked``: by column those texts (``.A`` of SAS, user-defined values of SPSS); ``labels``: by
    column those of its codes, where the file holds them or a catalogue of formats lies beside it.
    ``epoch``: None for a file that holds its dates as texts. ``shown_as_days``: columns of moments
    of which the file shows the day alone.
    """

    columns: Mapping[str, Sequence[str]]
    marked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    epoch: Epoch | None = None
    shown_as_days: frozenset[str] = frozenset()
