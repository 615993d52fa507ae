"""Columns that say of which subject, event and form a row is; those of the vendor, named."""

from collections import Counter
from collections.abc import Iterable

from analysis.edc.sources.cdisc.odm.rows import Attribute, Row
from analysis.edc.sources.cdisc.odm.xml_events import split_name

CONTEXT = (
    "StudyOID",
    "SubjectKey",
    "StudyEventOID",
    "StudyEventRepeatKey",
    "FormOID",
    "FormRepeatKey",
    "ItemGroupRepeatKey",
    "SiteOID",
)
"""The first columns of every table."""


def read_context(row: Row) -> tuple[str, ...]:
    """Return the cells of the columns ``CONTEXT``; all but the site are the key of the row."""
    form, visit, subject = row.form, row.form.visit, row.form.visit.subject
    return (
        subject.version[0],
        subject.key,
        visit.oid,
        visit.repeat,
        form.oid,
        form.repeat,
        row.repeat,
        subject.site,
    )


def read_vendor(row: Row, attribute: Attribute) -> str:
    """Return one attribute of the vendor for a row; "" if its elements lack it."""
    form, visit, subject = row.form, row.form.visit, row.form.visit.subject
    return next((e.vendor[attribute] for e in (subject, visit, form) if attribute in e.vendor), "")


def find_vendor(rows: Iterable[Row], known: Iterable[Attribute]) -> list[Attribute]:
    """Return those of the known attributes of the vendor that one of the rows has."""
    found: set[Attribute] = set()
    for form in {id(row.form): row.form for row in rows}.values():
        for element in (form.visit.subject, form.visit, form):
            found.update(element.vendor)
    return [attribute for attribute in known if attribute in found]


def name_vendor(known: Iterable[Attribute], taken: set[str]) -> dict[Attribute, str]:
    """Return the column of each attribute of the vendor: its name without the namespace.

    One that several elements have, or that another column bears, gets the element before it
    (``SubjectStatus``, ``FormStatus``); what is not told apart by that keeps its namespace.
    ``known``: those of the whole file, so that a column is called the same in each table.
    ``taken``: names of the other columns in capitals.
    """
    attributes = list(known)
    short = Counter(_local(attribute).upper() for attribute in attributes)
    long = Counter(_with_element(attribute).upper() for attribute in attributes)
    names: dict[Attribute, str] = {}
    for attribute in attributes:
        local, full = _local(attribute), _with_element(attribute)
        if short[local.upper()] == 1 and local.upper() not in taken:
            names[attribute] = local
        elif long[full.upper()] == 1 and full.upper() not in taken | short.keys():
            names[attribute] = full
        else:
            names[attribute] = f"{attribute[0]} {attribute[1]}"
    return names


def _local(attribute: Attribute) -> str:
    return split_name(attribute[1])[1]


def _with_element(attribute: Attribute) -> str:
    return attribute[0].removesuffix("Data") + _local(attribute)
