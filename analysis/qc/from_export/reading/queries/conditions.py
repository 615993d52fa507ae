"""Which rows belong to a table: conditions in SQL, judged by the second engine."""

from collections.abc import Mapping, Sequence

from analysis.qc.from_export.reading.queries.relation import Column, Relation
from analysis.qc.from_export.reading.queries.sqlite.dialect import translate
from analysis.qc.from_export.reading.queries.sqlite.engine import (
    choose_columns,
    open_engine,
    quote,
    require_known,
    run,
)
from analysis.qc.from_export.reading.queries.sqlite.words import UnlikeQueryError

PLACE = "place of the row"


def find_rows(
    relation: Relation, made: Mapping[str, Column], conditions: Sequence[str]
) -> list[int]:
    """Return the places of the rows, from 0, for which all conditions hold.

    ``made``: columns of the layout, which a condition may name where no source has such a column.
    Raises UnlikeQueryError if the engine cannot tell.
    """
    if not conditions:
        return list(range(len(relation.files)))
    translated = [translate(condition) for condition in conditions]
    words = [word for _, of_condition in translated for word in of_condition]
    if any(word.capitals == "SELECT" for word in words):
        raise UnlikeQueryError("a condition selects")
    aliases = {name.casefold(): Column(name, column.texts) for name, column in made.items()}
    whole = Relation(relation.name, {**aliases, **relation.columns}, relation.files,
                     relation.numbers)  # fmt: skip
    require_known(words, {*whole.columns, relation.name})
    chosen = choose_columns(whole, words)
    places = Column(PLACE, [str(place) for place in range(len(relation.files))])
    table = Relation(relation.name, {**chosen.columns, PLACE: places}, chosen.files, chosen.numbers)
    where = " AND ".join(f"({text})" for text, _ in translated)
    with open_engine({relation.name: table}) as engine:
        rows = run(engine, f"SELECT {quote(PLACE)} FROM {quote(relation.name)} WHERE {where}")[1]
    return sorted(int(str(place)) for (place,) in rows)
