"""The page on the texts of an export: what stands in each column, for the author of a mapping."""

from collections.abc import Iterable

from analysis.display.html.template import render_template
from analysis.display.tables.table import Row, Table
from analysis.display.text.format import format_count
from analysis.io.mapping.texts import ColumnTexts, SourceTexts

HEADINGS = ("Column", "Label", "Cells filled", "Different texts", "Most frequent texts")


def build_texts_page(sources: Iterable[SourceTexts], registry: str, stamp: str) -> str:
    """Return the page as HTML: one file that needs no network.

    ``registry``: the number of the trial; ``stamp``: what the data are, empty for a trial's own.
    """
    words = frozenset({"Label", HEADINGS[-1]})
    tables = [
        Table(
            f"t_{number}",
            f"{each.source} ({format_count(each.rows)} rows)",
            HEADINGS,
            tuple(Row(column.column, _describe(column)) for column in each.columns),
            (),
            "",
            "",
            words,
        )
        for number, each in enumerate(sources, start=1)
    ]
    return render_template("texts.html", tables=tables, registry=registry, stamp=stamp, lock="")


def _describe(column: ColumnTexts) -> tuple[str, ...]:
    texts = [f"{text} ({format_count(number)})" for text, number in column.texts]
    if column.further:
        texts.append(f"and {format_count(column.further)} more")
    return (
        column.label,
        format_count(column.filled),
        format_count(column.distinct),
        "; ".join(texts),
    )
