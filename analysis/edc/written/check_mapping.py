"""Whether the mapping of an export fits the layout."""

from analysis.config import Mapping
from analysis.edc.absent.not_collected import check_declared
from analysis.edc.layout import Layout
from analysis.edc.written.mapped_layout import check_forms
from analysis.errors import ConfigError, join_findings


def check_mapping(mapping: Mapping, layout: Layout) -> None:
    """Raise ConfigError if the mapping names a table or column that the layout does not hold.

    So it does for a column that it declares not collected and describes, or that cannot be.
    """
    findings = []
    for name, spec in mapping.tables.items():
        if name not in layout.tables and spec.model_fields_set == {"not_allocation"}:
            continue  # a file that is no table of the layout, which a blinded run searches
        if name not in layout.tables:
            allowed = ", ".join(layout.tables)
            findings.append(f"tables.{name}: no such table; allowed: {allowed}")
            continue
        columns = layout.tables[name].columns
        keys = (
            ("columns", spec.columns),
            ("values", spec.values),
            ("identifiers", spec.identifiers),
            ("factors", spec.factors),
        )
        for key, named in keys:
            findings += [
                f"tables.{name}.{key}.{column}: no such column; allowed: {', '.join(columns)}"
                for column in named
                if column not in columns
            ]
        findings += [
            f"tables.{name}.identifiers.{column}: the column holds no identifiers, which are text"
            for column in spec.identifiers
            if column in columns and (columns[column].type != "str" or columns[column].codes)
        ]
        findings += [
            f"tables.{name}.factors.{column}: the column holds no decimal numbers"
            for column in spec.factors
            if column in columns and columns[column].type != "float"
        ]
        findings += check_declared(name, spec, layout.tables[name])
        findings += check_forms(name, columns, spec)
        if spec.file and spec.source:
            findings.append(f"tables.{name}: file and source are given. Give one of the two")
    if findings:
        raise ConfigError(join_findings("The mapping of the export is wrong.", findings))
