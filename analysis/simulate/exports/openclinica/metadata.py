"""The Study element of the snapshot: units, events, forms, item groups, items, code lists."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from analysis.simulate.exports.design.forms import Field, Form
from analysis.simulate.exports.openclinica.study import (
    EVENTS,
    STUDY,
    VERSION,
    list_items,
    name_codes,
    name_form,
    name_group,
    name_item,
)

SITE_ITEMS = {"study_subject": "Subject of the trial, if randomised"}
"""Items of the screening log that the case report form has from the system."""


def write_study(forms: list[Form]) -> Iterator[str]:
    """Yield the lines of the Study element."""
    yield f"<Study OID={quoteattr(STUDY)}>"
    yield "<GlobalVariables><StudyName>IMPACT-LVO</StudyName><StudyDescription>Demonstration"
    yield "</StudyDescription><ProtocolName>IMPACT-LVO</ProtocolName></GlobalVariables>"
    yield "<BasicDefinitions>"
    for unit in sorted({each.unit for form in forms for each in form.fields if each.unit}):
        yield (
            f"<MeasurementUnit OID={quoteattr('MU_' + unit)} Name={quoteattr(unit)}><Symbol>"
            f"<TranslatedText>{escape(unit)}</TranslatedText></Symbol></MeasurementUnit>"
        )
    yield "</BasicDefinitions>"
    yield f"<MetaDataVersion OID={quoteattr(VERSION)} Name={quoteattr(VERSION)}>"
    for oid, name in EVENTS.items():
        yield f'<StudyEventDef OID="{oid}" Name="{name}" Repeating="No" Type="Scheduled"/>'
    for form in forms:
        yield from _define_form(form)
    for form in forms:
        yield from _define_items(form)
    yield from _define_codes(forms)
    yield "</MetaDataVersion></Study>"


def _define_form(form: Form) -> Iterator[str]:
    repeats = "Yes" if form.repeats else "No"
    yield (
        f'<FormDef OID="{name_form(form)}" Name={quoteattr(form.label)} Repeating="No">'
        f'<ItemGroupRef ItemGroupOID="{name_group(form)}" Mandatory="Yes"/></FormDef>'
    )
    name = quoteattr(form.label)
    yield f'<ItemGroupDef OID="{name_group(form)}" Name={name} Repeating="{repeats}">'
    for item in _list_names(form):
        yield f'<ItemRef ItemOID="{name_item(form, item)}" Mandatory="No"/>'
    yield "</ItemGroupDef>"


def _list_names(form: Form) -> list[str]:
    extra = list(SITE_ITEMS) if form.table == "screening" else []
    return [*extra, *(item for each in form.fields for item in list_items(each))]


def _define_items(form: Form) -> Iterator[str]:
    for name, label in SITE_ITEMS.items() if form.table == "screening" else ():
        yield _define_item(form, name, label, "text")
    for each in form.fields:
        for item in list_items(each):
            unit = f"<MeasurementUnitRef MeasurementUnitOID={quoteattr('MU_' + each.unit)}/>"
            codes = f'<CodeListRef CodeListOID="{name_codes(each)}"/>'
            rest = (unit if each.unit else "") + (codes if each.options else "")
            yield _define_item(form, item, each.label, _find_type(each), rest)


def _define_item(form: Form, name: str, label: str, kind: str, rest: str = "") -> str:
    return (
        f'<ItemDef OID="{name_item(form, name)}" Name="{name.upper()}" DataType="{kind}">'
        f"<Question><TranslatedText>{escape(label)}</TranslatedText></Question>{rest}</ItemDef>"
    )


def _find_type(each: Field) -> str:
    """Everything is text but codes: a site may have typed anything before a check was written."""
    return "integer" if each.options else "text"


def _define_codes(forms: list[Form]) -> Iterator[str]:
    lists = {name_codes(each): each for form in forms for each in form.fields if each.options}
    for oid, each in lists.items():
        yield f'<CodeList OID="{oid}" Name="{oid}" DataType="integer">'
        for option in each.options:
            yield (
                f'<CodeListItem CodedValue="{option.number}"><Decode><TranslatedText>'
                f"{escape(option.label)}</TranslatedText></Decode></CodeListItem>"
            )
        yield "</CodeList>"
