"""One changed export: its files and mapping, and what the change itself may bring about."""

from __future__ import annotations

from dataclasses import dataclass, field

Files = dict[str, bytes]
"""The files of an export by name."""


@dataclass(frozen=True)
class Change:
    """What a change wrote, and where.

    ``said``: it in words. ``written``: the texts that stand where others stood. ``near``: all texts
    of the rows that were changed, before and after, by which their subjects are known; None: rows
    of everybody. ``removes``: whether rows went. ``adds``: whether rows came.
    """

    said: str
    written: frozenset[str] = frozenset()
    near: frozenset[str] | None = None
    removes: bool = False
    adds: bool = False


@dataclass(frozen=True)
class MappingChange:
    """What a change of the mapping touches.

    ``tables``: those whose keys were changed; None: keys of all. ``columns``: of the layout, None:
    any. ``is_valid``: the mapping says another thing than before, which may as well be true.
    """

    said: str
    tables: frozenset[str] | None = None
    columns: frozenset[str] | None = None
    is_valid: bool = False


@dataclass(frozen=True)
class Mutant:
    """A changed export. ``mapping``: the text of its mapping."""

    files: Files
    mapping: str
    changes: tuple[Change | MappingChange, ...] = field(default_factory=tuple)

    @property
    def said(self) -> str:
        return "; ".join(change.said for change in self.changes)
