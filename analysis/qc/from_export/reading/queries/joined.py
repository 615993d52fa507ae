"""Sources whose columns stand beside those of a table's own source, row by row of the keys."""

from collections.abc import Mapping, Sequence

from analysis.qc.from_export.reading.queries.registry import WrongExportError
from analysis.qc.from_export.reading.queries.relation import Column, Relation, Text

Key = tuple[Text, ...]
Match = tuple[int | None, ...]
"""By part its row, None where it has none."""


def join(own: str, parts: Mapping[str, Relation], by: Sequence[str]) -> Relation:
    """Return the rows of all parts; what stands in one of them alone is kept.

    ``own``: the part of the table itself, the first. Raises WrongExportError if a part lacks a key.
    """
    keys = [_list_keys(name, part, by) for name, part in parts.items()]
    matches: list[tuple[Key, Match]] = [(key, (at,)) for at, key in enumerate(keys[0])]
    for place, of_part in enumerate(keys[1:], start=1):
        matches = _match(matches, of_part, place)
    relations = list(parts.values())
    columns = _name_columns(own, parts, {name.casefold() for name in by})
    gathered = {
        name.casefold(): Column(
            name, [_take(column.texts, match[place]) for _, match in matches], column.places
        )
        for name, (place, column) in columns.items()
    }
    for at, name in enumerate(by):
        held = [part.columns[name.casefold()] for part in relations]
        places = tuple(place for column in held for place in column.places)
        texts = [key[at] or "" for key, _ in matches]
        gathered[name.casefold()] = Column(held[0].name, texts, places)
    first = [next((i, at) for i, at in enumerate(match) if at is not None) for _, match in matches]
    return Relation(
        "joined",
        gathered,
        [relations[i].files[at] for i, at in first],
        [relations[i].numbers[at] for i, at in first],
        frozenset(name for name in _list_shared(parts) if name not in gathered),
    )


def _list_keys(name: str, part: Relation, by: Sequence[str]) -> list[Key]:
    found = [part.find(key) for key in by]
    if None in found:
        raise WrongExportError(f"source {name} lacks a column of join.by ({', '.join(by)})")
    return list(zip(*(column.texts for column in found if column), strict=True))


def _match(
    matches: list[tuple[Key, Match]], keys: list[Key], parts: int
) -> list[tuple[Key, Match]]:
    """The rows of so many parts beside those of another; None is no key that another row has."""
    rows: dict[Key, list[int]] = {}
    for at, key in enumerate(keys):
        rows.setdefault(key, []).append(at)
    found: list[tuple[Key, Match]] = []
    used = set()
    for key, match in matches:
        there = [] if None in key else rows.get(key, [])
        used.update(there)
        found += [(key, (*match, at)) for at in there] or [(key, (*match, None))]
    alone: Match = (None,) * parts
    return found + [(key, (*alone, at)) for at, key in enumerate(keys) if at not in used]


def _list_shared(parts: Mapping[str, Relation]) -> list[str]:
    names = [name for part in parts.values() for name in part.columns]
    return [name for name in dict.fromkeys(names) if names.count(name) > 1]


def _name_columns(
    own: str, parts: Mapping[str, Relation], keys: set[str]
) -> dict[str, tuple[int, Column]]:
    """The columns that are no keys; one that several parts hold is named source.column."""
    shared = {*_list_shared(parts)}
    named = {}
    for place, (alias, part) in enumerate(parts.items()):
        source = own if place == 0 else alias
        for folded, column in part.columns.items():
            if folded not in keys:
                name = f"{source}.{column.name}" if folded in shared else column.name
                named[name] = (place, column)
    return named


def _take(texts: Sequence[Text], at: int | None) -> str:
    return (texts[at] or "") if at is not None else ""
