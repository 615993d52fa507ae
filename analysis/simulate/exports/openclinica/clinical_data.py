"""The ClinicalData element: subjects, their events, forms and item groups."""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.dates import split_moment
from analysis.simulate.exports.cells.rows import keep_first, keep_subjects
from analysis.simulate.exports.cells.style import encode_field
from analysis.simulate.exports.design.forms import Form
from analysis.simulate.exports.openclinica.study import (
    EVENTS,
    STUDY,
    STYLE,
    SUBJECT,
    VERSION,
    VISITS,
    find_event,
    list_items,
    name_form,
    name_group,
    name_item,
)

LOG = "screening"
Row = tuple[str, str, str, int, str]
"""Subject, event, table, number of the group in the form, and the items as XML."""


def write_clinical_data(carrier: Carrier, forms: list[Form]) -> Iterator[str]:
    """Yield the lines of the ClinicalData element, subjects in order."""
    rows = [row for form in forms for row in _list_rows(carrier, form)]
    order = {event: i for i, event in enumerate(EVENTS)}
    tables = {form.table: i for i, form in enumerate(forms)}
    rows.sort(key=lambda row: (row[0], order[row[1]], tables[row[2]], row[3]))
    sites, by_table = _find_sites(carrier), {form.table: form for form in forms}
    yield f'<ClinicalData StudyOID="{STUDY}" MetaDataVersionOID="{VERSION}">'
    last: tuple[str, str, str] = ("", "", "")
    for subject, event, table, number, items in rows:
        here = (subject, event, table)
        yield from _close(last, here)
        yield from _open(last, here, sites.get(subject, ""), by_table[table])
        group = name_group(by_table[table])
        yield f'<ItemGroupData ItemGroupOID="{group}" ItemGroupRepeatKey="{number}">{items}'
        yield "</ItemGroupData>"
        last = here
    yield from _close(last, ("", "", ""))
    yield "</ClinicalData>"


def _close(last: tuple[str, str, str], here: tuple[str, str, str]) -> Iterator[str]:
    if last[0] and last != here:
        yield "</FormData>"
        if last[:2] != here[:2]:
            yield "</StudyEventData>"
        if last[0] != here[0]:
            yield "</SubjectData>"


def _open(
    last: tuple[str, str, str], here: tuple[str, str, str], site: str, form: Form
) -> Iterator[str]:
    subject, event, _ = here
    if last[0] != subject:
        key = quoteattr(f"SS_{subject}")
        yield f"<SubjectData SubjectKey={key} OpenClinica:StudySubjectID={quoteattr(subject)}>"
        if site:
            yield f"<SiteRef LocationOID={quoteattr(site)}/>"
    if last[:2] != here[:2]:
        yield f'<StudyEventData StudyEventOID="{event}" StudyEventRepeatKey="1">'
    if last != here:
        yield f'<FormData FormOID="{name_form(form)}">'


def _list_rows(carrier: Carrier, form: Form) -> list[Row]:
    subjects, events = _find_places(carrier, form)
    items = _build_items(carrier, form)
    numbers = (subjects + " " + events).groupby(subjects + " " + events).cumcount() + 1
    written = _write_items(form, items)
    return list(zip(subjects, events, [form.table] * len(events), numbers, written, strict=True))


def _find_places(carrier: Carrier, form: Form) -> tuple[pd.Series, pd.Series]:
    if form.table == LOG:
        keep_first(carrier, LOG, ["SCRNO"])
        screened = "SCR" + carrier.tables[LOG]["SCRNO"]
        return screened, pd.Series(find_event(form), index=screened.index)
    keep_subjects(carrier, [form])
    visits = [column for column in ("VISIT",) if column in form.system]
    if not form.repeats:
        keep_first(carrier, form.table, ["SUBJID", *visits])
    subjects = carrier.encode(form.table, "SUBJID", SUBJECT)
    if visits:
        return subjects, carrier.encode(form.table, "VISIT", VISITS)
    return subjects, pd.Series(find_event(form), index=subjects.index)


def _build_items(carrier: Carrier, form: Form) -> pd.DataFrame:
    parts = {}
    if form.table == LOG:
        parts["study_subject"] = carrier.encode(LOG, "SUBJID", SUBJECT)
    for each in form.fields:
        texts, names = encode_field(carrier, form, each, STYLE), list_items(each)
        if len(names) == 1:
            parts[each.name] = texts
            continue
        halves = [split_moment(text) for text in texts]
        for i, name in enumerate(names):
            parts[name] = pd.Series([half[i] for half in halves], index=texts.index, dtype=object)
    return pd.DataFrame(parts)


def _write_items(form: Form, items: pd.DataFrame) -> list[str]:
    """The items of each row; one without a value is left out, a line break stays one."""
    oids = [name_item(form, name) for name in items.columns]
    return [
        "".join(
            f'<ItemData ItemOID="{oid}" Value={_quote(text)}/>'
            for oid, text in zip(oids, row, strict=True)
            if text
        )
        for row in items.to_numpy().tolist()
    ]


def _quote(text: str) -> str:
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _find_sites(carrier: Carrier) -> dict[str, str]:
    dm, log = carrier.tables["dm"], carrier.tables[LOG]
    of_subjects = dict(zip(dm["SUBJID"].map(SUBJECT.write), dm["SITEID"], strict=True))
    of_screened = dict(zip("SCR" + log["SCRNO"], log["SITEID"], strict=True))
    return {key: f"SITE_{site}" for key, site in (of_subjects | of_screened).items()}
