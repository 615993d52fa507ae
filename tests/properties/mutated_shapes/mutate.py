"""A shape with one change, or a few: of a file by its format, of the folder, of the mapping."""

from __future__ import annotations

import random
import re

from tests.properties.mutated_shapes.changes.in_grid import IN_GRID
from tests.properties.mutated_shapes.changes.in_xml import change_xml
from tests.properties.mutated_shapes.changes.of_mapping import change_mapping
from tests.properties.mutated_shapes.changes.whole_files import change_file
from tests.properties.mutated_shapes.formats.dataset_json import DATASET
from tests.properties.mutated_shapes.formats.delimited import build_delimited
from tests.properties.mutated_shapes.formats.grid import Format
from tests.properties.mutated_shapes.formats.transport import TRANSPORT
from tests.properties.mutated_shapes.formats.workbooks import WORKBOOK
from tests.properties.mutated_shapes.mutant import Change, Files, MappingChange, Mutant
from tests.properties.mutated_shapes.shape import Shape

BESIDE = re.compile(r"(?i)dictionary|variablelist|optiongroups|items\.|codelists")
"""Files that describe others, which no table is read from."""
SHARE_FILES, SHARE_MAPPING = 0.15, 0.2
TRIES = 50
"""Places that are tried for a change inside a file, all of which may be of no use after another."""


def mutate(rng: random.Random, shape: Shape) -> Mutant:
    """Return a mutant of a shape: mostly one change, at times two."""
    files, mapping = dict(shape.files), shape.mapping
    changes: list[Change | MappingChange] = []
    for _ in range(rng.choice((1, 1, 1, 1, 2))):
        kind = rng.random()
        change: Change | MappingChange | None = None
        if kind >= SHARE_MAPPING and files:
            change = _change_files(rng, shape, files, is_whole=kind < SHARE_MAPPING + SHARE_FILES)
        if change is None:
            mapping, change = change_mapping(rng, mapping)
        changes.append(change)
    return Mutant(files, mapping, tuple(changes))


def _change_files(
    rng: random.Random, shape: Shape, files: Files, *, is_whole: bool
) -> Change | None:
    """Change the folder, or one file as its format has it; None if no file can be read any more.

    Other places are tried if the format cannot hold a change.
    """
    if is_whole or any(name not in shape.files for name in files):
        return change_file(rng, files)
    of_tables = [name for name in sorted(files) if not BESIDE.search(name)]
    for _ in range(TRIES if of_tables else 0):
        name = rng.choice(of_tables)
        try:
            if name.endswith(".xml"):
                files[name], change = change_xml(rng, files[name])
                return change
            return _change_grid(rng, shape, files, name)
        except Exception:  # noqa: BLE001 - what a writer refuses is no file of the format
            continue
    return None


def _change_grid(rng: random.Random, shape: Shape, files: Files, name: str) -> Change:
    form = find_format(shape, name)
    grids = form.read(files[name])
    part = rng.choice([part for part, grid in grids.items() if grid.rows])
    change = rng.choice(IN_GRID)(rng, grids[part])
    files[name] = form.write(grids)
    said = f"{name} {part} {change.said}"
    return Change(said, change.written, change.near, removes=change.removes, adds=change.adds)


def find_format(shape: Shape, name: str) -> Format:
    """The format of a file of a shape."""
    formats = {"xlsx": WORKBOOK, "xpt": TRANSPORT, "json": DATASET}
    delimiter = ";" if shape.name == "castor" else ","
    encoding = "gb18030" if shape.name.startswith("chinese") else "utf-8"
    delimited = build_delimited(delimiter, encoding, 1 if shape.name == "viedoc" else 0)
    return formats.get(name.rpartition(".")[2], delimited)
