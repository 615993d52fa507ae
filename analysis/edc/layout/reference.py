"""The tables in ``docs/edc_tables.md``: ``python -m analysis.edc.layout.reference`` writes them."""

from pathlib import Path

from analysis.edc.layout import Column, Layout, Table, load_layout
from analysis.io.files import write_text

DOCUMENT = Path("docs/edc_tables.md")

MARK = "<!-- made from the layout: make docs -->"


def fill_document(text: str, layout: Layout) -> str:
    """Return the page with everything after its mark made anew: one section per table."""
    parts = [text.partition(MARK)[0] + MARK, "", "## Tables", ""]
    parts += [_describe_table(name, table) for name, table in layout.tables.items()]
    parts += ["## Allocation lists", "", "CSV files in a folder of their own.", ""]
    parts += [_describe_table(name, table) for name, table in layout.unblinding.items()]
    return "\n".join(parts)


def _describe_table(name: str, table: Table) -> str:
    marks = ["optional"] * table.optional + ["may be empty"] * table.may_be_empty
    title = f"### `{name}`" + (f" ({', '.join(marks)})" if marks else "")
    rows = [
        f"| `{column_name}` | {column.type} | {_describe_rules(column)} | {column.label} |"
        for column_name, column in table.columns.items()
    ]
    key = ", ".join(f"`{column}`" for column in table.key)
    head = ["| column | type | rules | meaning |", "|---|---|---|---|"]
    return "\n".join([title, "", f"{table.label}. Key: {key}.", "", *head, *rows, ""])


def _describe_rules(column: Column) -> str:
    rules = []
    if column.stops:
        rules.append("required, stops the run")
    elif column.required:
        rules.append("required")
    if column.unique:
        rules.append("unique")
    if column.use != "number":
        rules.append({"essential": "essential", "none": "may be absent"}[column.use])
    if column.partial:
        rules.append("partial")
    if column.history:
        rules.append("history")
    if column.codes:
        rules.append(", ".join(column.codes))
    if column.limits:
        rules.append(f"limits {column.limits[0]:g} to {column.limits[1]:g}")
    if column.range:
        rules.append(f"range {column.range[0]:g} to {column.range[1]:g} {column.unit}".strip())
    elif column.unit:
        rules.append(column.unit)
    if column.typical:
        rules.append(f"median {column.typical[0]:g} to {column.typical[1]:g}")
    return "; ".join(rules)


def main() -> None:
    """Write the page, from the top folder of the project."""
    write_text(DOCUMENT, fill_document(DOCUMENT.read_text(encoding="utf-8"), load_layout()))


if __name__ == "__main__":
    main()
