"""The mapping by which the files of an export are read, as it was found by trial."""

import json
from collections.abc import Iterable
from typing import Any

from analysis.config import Mapping
from analysis.config.mapping import SourceMapping
from analysis.edc.mapping.proposal.files.reading import ReadSource

ROWS_BY = "rows_by"


def describe_source(source: ReadSource, mapping: Mapping, *, wide: bool) -> dict[str, Any]:
    """Return what the mapping must say of a source, beside what it says already; empty if nothing.

    ``wide``: whether a source of one value a row is to have one column an item.
    """
    said = mapping.sources.get(source.name)
    before = said.model_dump(mode="json", exclude_defaults=True) if said else {}
    keys = {key: value for key, value in source.keys.items() if wide or key != ROWS_BY}
    if not before and not keys:
        return {}
    part = {"part": source.source.part} if source.source.part else {}
    return {"file": source.source.file.name, **part, **before, **keys}


def find_way(sources: Iterable[ReadSource], mapping: Mapping) -> Mapping:
    """Return the mapping with what each source needs to be read, as its file has its rows."""
    described = {each.name: describe_source(each, mapping, wide=False) for each in sources}
    found = {
        name: SourceMapping.model_validate_json(json.dumps(keys))
        for name, keys in described.items()
        if keys
    }
    return mapping.model_copy(update={"sources": {**mapping.sources, **found}})
