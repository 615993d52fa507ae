"""What keeps a count from being one: absent columns, subjects and cells that nothing matches."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from analysis.errors import name_subjects
from analysis.qc.from_export.export import RANDOMISATION, Export, take_digits
from analysis.qc.from_export.reading.columns import SUBJECT
from analysis.qc.from_export.reading.tables import ReadTable

Needs = Mapping[str, tuple[str, ...]]
"""Columns by table."""

FEWEST = 5
"""Below so many cells or rows, that none can be used may be chance: nothing fails for it."""
MOST_LOST = 0.5
"""A column of which so many of the cells that are filled cannot be read is another column, or is
written in another way; the plan's limits of what may be lost lie far below."""
MOST_RESPELT = 0.05
"""Rows of a table under an id that is that of a randomised subject in other letters."""
EMPTY_BY_RIGHT = ("dd", "dv")
"""Tables of events that no subject need have."""


class Gravity(IntEnum):
    """How much an obstacle matters."""

    UNSURE = 1
    """Agreement on nothing at all is none."""
    NOT_COLLECTED = 2
    """The mapping declares it: there must be no number."""
    FOREIGN = 3
    """The check does not read the file, or cannot run the query that makes the table of it: there
    is nothing to hold a number against."""
    FAILS = 4
    """The export was not read as it is."""


@dataclass(frozen=True)
class Obstacle:
    """One obstacle in words: file, column and what to do."""

    gravity: Gravity
    words: str


def find_obstacle(export: Export, needs: Needs) -> Obstacle | None:
    """Return what keeps columns from being counted, the gravest first, all of its kind named."""
    rand = export.tables[RANDOMISATION].file
    if rand.is_foreign:  # then nobody is known to be randomised
        return Obstacle(Gravity.FOREIGN, rand.problem)
    found = [
        obstacle
        for table, columns in needs.items()
        for obstacle in _look_at(export, export.tables[table], columns)
    ]
    if not found:
        return None
    gravest = max(obstacle.gravity for obstacle in found)
    words = [obstacle.words for obstacle in found if obstacle.gravity is gravest]
    return Obstacle(gravest, "; ".join(words))


def _look_at(export: Export, table: ReadTable, columns: tuple[str, ...]) -> Iterator[Obstacle]:
    name = table.mapped.name
    if table.file.problem:
        declared = all(table.mapped.is_declared_absent(column) for column in columns)
        grave = Gravity.FOREIGN if table.file.is_foreign else Gravity.FAILS
        yield Obstacle(
            Gravity.NOT_COLLECTED if declared else grave,
            f"table {name} was not collected, as the mapping says" if declared else
            table.file.problem,
        )  # fmt: skip
        return
    yield from _look_at_rows(export, table)
    for column in columns:
        yield from _look_at_column(table, column)


def _look_at_rows(export: Export, table: ReadTable) -> Iterator[Obstacle]:
    file, name, strangers = table.file.name, table.mapped.name, table.strangers.total()
    if not table.row_count and name not in EMPTY_BY_RIGHT:
        yield Obstacle(Gravity.UNSURE, f"{file} holds no rows")
    if SUBJECT in table.absent:
        source = table.mapped.find_name(SUBJECT)
        yield Obstacle(Gravity.FAILS, f"{file} holds no column {source} (subject id)")
    if table.conflicting:
        who = name_subjects(table.conflicting)
        yield Obstacle(Gravity.FAILS, f"{file} holds several rows of {who}, where one is allowed")
    if strangers and not table.rows:
        gravity = Gravity.FAILS if strangers >= FEWEST else Gravity.UNSURE
        yield Obstacle(gravity, f"none of the subjects of {file} is randomised: "
                       f"{name_subjects(table.strangers)}")  # fmt: skip
    respelt = _find_respelt(export, table)
    rows = sum(table.strangers[subject] for subject in respelt)
    if rows > MOST_RESPELT * table.row_count:
        first = next(iter(respelt))
        yield Obstacle(
            Gravity.FAILS if rows >= FEWEST else Gravity.UNSURE,
            f"{file}, column {table.mapped.find_name(SUBJECT)}: {rows} rows of "
            f"{name_subjects(respelt)} have ids that are those of randomised subjects written in "
            f"another way ({first} for {respelt[first]}); export them as in table {RANDOMISATION}",
        )


def _look_at_column(table: ReadTable, column: str) -> Iterator[Obstacle]:
    mapped, file, source = table.mapped, table.file.name, table.mapped.find_name(column)
    named = f"{file}, column {source}" + ("" if source == column else f" (for {column})")
    where, declared = f"tables.{mapped.name}", mapped.is_declared_absent(column)
    if column in table.absent:
        yield Obstacle(
            Gravity.NOT_COLLECTED if declared else Gravity.FAILS,
            f"{named}: not collected, as {where}.not_collected says" if declared else
            f"{named}: the file holds no such column; correct {where}.columns of the mapping",
        )  # fmt: skip
        return
    if declared:
        yield Obstacle(
            Gravity.FAILS,
            f"{named}: the file holds the column that {where}.not_collected says was not collected",
        )
    filled = table.filled[column]
    lost = table.lost[column]
    if filled and lost >= MOST_LOST * filled:
        grave = filled >= FEWEST
        yield Obstacle(
            Gravity.FAILS if grave else Gravity.UNSURE,
            f"{named}: {lost} of {filled} cells hold nothing that the layout allows; correct the "
            f"column or {where}.values of the mapping",
        )
    if table.row_count and not filled:
        yield Obstacle(Gravity.UNSURE, f"{named}: the column is empty")


def _find_respelt(export: Export, table: ReadTable) -> dict[str, str]:
    """Ids of no randomised subject by the one id whose digits they share, zeros before left out."""
    meant = {id_: export.subjects_by_digits.get(take_digits(id_), []) for id_ in table.strangers}
    return {stranger: ids[0] for stranger, ids in sorted(meant.items()) if len(ids) == 1}
