"""Tables for which the export holds no source, or several: what is said of them."""

from analysis.config.mapping import TableMapping
from analysis.edc.absent.sources import describe_absent_source
from analysis.edc.layout import Table
from analysis.edc.sources.source import Source


def describe_no_source(name: str, spec: TableMapping, files: dict[str, list[Source]]) -> str:
    if spec.file:
        return f"table {name}: no file {spec.file} in the export, as the mapping names it"
    there = {source.name for sources in files.values() for source in sources}
    return describe_absent_source(name, str(spec.source), sorted(there))


def describe_several(name: str, found: list[Source]) -> str:
    listed = ", ".join(source.label for source in found)
    ways = "Leave one in the folder"
    if len({source.name for source in found}) == len(found):
        names = " or ".join(source.name for source in found)
        ways += f", or name the one that is meant: tables.{name}.source: {names}"
    return f"table {name}: several files ({listed}). {ways}"


def describe_no_file(name: str, table: Table, spec: TableMapping) -> str:
    ways = "Export it, or name its file in config/edc.yaml"
    if table.optional:
        ways += f", or take tables.{name} out of it, which describes the table"
    elif not [column for column in table.essential if column not in table.key]:
        ways += (
            f"; if the trial did not collect it, declare that (tables.{name}.not_collected: all)"
        )
    return (
        f"table {name}: no file in the export (expected {name}.csv, or .xpt, .sas7bdat, .sav). "
        f"{ways}"
    )
