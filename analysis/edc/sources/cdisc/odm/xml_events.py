"""Elements of an XML file as they begin and end, with nothing from outside and in bounded memory.

No DOCTYPE is accepted, so no entity is expanded and nothing else is opened. libxml2 itself refuses
more than 256 levels and a text or a tag beyond 10 million bytes.
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from analysis.edc.sources.cdisc.opening import open_file, unreadable
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError

ODM = "{http://www.cdisc.org/ns/odm/v1.3}"
"""The namespace of ODM 1.3.0, 1.3.1 and 1.3.2, as lxml writes it before a name."""
WHOLE = frozenset(ODM + name for name in ("BasicDefinitions", "MetaDataVersion", "ItemGroupData"))
"""Elements whose content is there when they end; all others are emptied as they go."""
MOST_ATTRIBUTES = 1000

Event = tuple[str, Any]
"""``start`` (only the attributes are there yet) or ``end``, and the element."""


def read_events(file: SourceFile) -> Iterator[Event]:
    """Yield each element at its start and its end, in the order of the file.

    Raises DataError if the file cannot be read, is no well-formed XML, was cut off, has a DOCTYPE
    or an element with more than ``MOST_ATTRIBUTES`` attributes.
    """
    with open_file(file, "ODM-XML") as stream:
        events = etree.iterparse(
            stream,
            events=("start", "end"),
            remove_comments=True,
            remove_pis=True,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
        )
        try:
            yield from _empty_behind(file, events)
        except etree.XMLSyntaxError as error:
            raise _describe(file, error) from None
        except OSError as error:
            raise unreadable(file, error) from None


def require_attribute(file: SourceFile, element: Any, key: str) -> str:
    """Return an attribute without blanks at both ends; raises DataError if it lacks or is empty."""
    value = str(element.get(key, "")).strip()
    if not value:
        raise DataError(
            f"{file.name}: line {element.sourceline}: the element {local_name(element)} has no "
            f"{key}, so the file is no valid ODM. Export it again, or ask the vendor"
        )
    return value


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return split_name(element.tag)[1]


def split_name(name: str) -> tuple[str, str]:
    """Return namespace and local name of an element or attribute as lxml writes it.

    Where the namespace is damaged and holds braces, ``lxml.etree.QName`` raises an error.
    """
    namespace, _, local = name.rpartition("}")
    return namespace.removeprefix("{"), local


def _empty_behind(file: SourceFile, events: Any) -> Iterator[Event]:
    kept, is_first = 0, True
    for event, element in events:
        if event == "start":
            if is_first:
                _refuse_doctype(file, element)
                is_first = False
            _refuse_many_attributes(file, element)
            kept += element.tag in WHOLE
        yield event, element
        if event == "end":
            kept -= element.tag in WHOLE
            if not kept:
                element.clear(keep_tail=True)
                while element.getprevious() is not None:
                    del element.getparent()[0]


def _refuse_doctype(file: SourceFile, root: Any) -> None:
    if root.getroottree().docinfo.doctype:
        raise DataError(
            f"{file.name}: the XML has a DOCTYPE, which may bring in text from elsewhere and is no "
            "part of ODM. Export it without, or delete that declaration if you know its origin"
        )


def _refuse_many_attributes(file: SourceFile, element: Any) -> None:
    if len(element.attrib) > MOST_ATTRIBUTES:
        raise DataError(
            f"{file.name}: line {element.sourceline}: an element with {len(element.attrib)} "
            f"attributes, and at most {MOST_ATTRIBUTES} are read. The file is damaged: export it "
            "again"
        )


def _describe(file: SourceFile, error: Any) -> DataError:
    """In words of its own: those of the parser may quote a cell."""
    kinds = etree.ErrorTypes
    line, column = error.position
    place = f"{file.name}: line {line}, column {column}"
    if error.code == kinds.ERR_DOCUMENT_EMPTY:
        return DataError(f"{place}: the file does not begin as XML does. Export it as ODM-XML")
    if error.code == kinds.ERR_TAG_NOT_FINISHED:
        return DataError(
            f"{place}: the file ends here, within an element, so it was cut off. Export it again"
        )
    if error.code in (
        kinds.ERR_UNKNOWN_ENCODING,
        kinds.ERR_UNSUPPORTED_ENCODING,
        kinds.ERR_INVALID_ENCODING,
        kinds.ERR_INVALID_CHAR,
    ):
        return DataError(
            f"{place}: bytes that are not text in the encoding that the first line of the file "
            "declares, or no encoding that can be read. Export it again as UTF-8"
        )
    if error.code in (kinds.ERR_RESOURCE_LIMIT, kinds.ERR_ENTITY_LOOP):
        return DataError(
            f"{place}: elements more than 256 levels deep, a text beyond 10 million bytes or "
            "entities that multiply: this is no export of a trial. Export it again"
        )
    return DataError(
        f"{place}: from here on this is no well-formed XML, so the file was cut off, damaged or "
        "edited by hand. Export it again"
    )
