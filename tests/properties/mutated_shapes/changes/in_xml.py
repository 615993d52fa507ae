"""Changes of an ODM file: values, attributes, elements, their order."""

from __future__ import annotations

import random
from collections.abc import Iterator

from lxml import etree

from tests.properties.mutated_shapes.changes.texts import TEXTS, spell_otherwise
from tests.properties.mutated_shapes.mutant import Change

ODM = "{http://www.cdisc.org/ns/odm/v1.3}"
PARTS = ("ItemData", "ItemData", "ItemGroupData", "FormData", "StudyEventData", "SubjectData")


def change_xml(rng: random.Random, content: bytes) -> tuple[bytes, Change]:
    """Return the file with one change."""
    root = etree.fromstring(content)
    kind = rng.choice((*(_set_value,) * 8, *(_set_attribute,) * 3, _drop_attribute, *(_drop,) * 3,
                       *(_double,) * 3, _move, _set_metadata, _exchange))  # fmt: skip
    change = kind(rng, root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n", change


def _choose(rng: random.Random, root: etree._Element, name: str) -> etree._Element:
    return rng.choice(list(root.iter(f"{ODM}{name}")))


def _list_near(element: etree._Element) -> frozenset[str]:
    """The texts of the subject that an element belongs to, or of those inside it."""
    inside: Iterator[etree._Element] = element.iterancestors(f"{ODM}SubjectData")
    of = next(inside, element)
    return frozenset(str(text) for each in of.iter() for text in each.attrib.values())


def _printable(rng: random.Random, cell: str) -> str:
    text = rng.choice((rng.choice(TEXTS), spell_otherwise(rng, cell)))
    return "".join(c for c in text if c >= " " or c in "\t\n")


def _set_value(rng: random.Random, root: etree._Element) -> Change:
    item = _choose(rng, root, "ItemData")
    before, cell = _list_near(item), item.get("Value", "")
    text = _printable(rng, cell)
    item.set("Value", text)
    said = f"line {item.sourceline} {item.get('ItemOID')}: {cell[:30]!r} -> {text[:40]!r}"
    return Change(said, frozenset({text}), before | {text})


def _exchange(rng: random.Random, root: etree._Element) -> Change:
    one = _choose(rng, root, "ItemData")
    two = rng.choice(root.findall(f".//{ODM}ItemData[@ItemOID='{one.get('ItemOID')}']"))
    texts = one.get("Value", ""), two.get("Value", "")
    two.attrib["Value"], one.attrib["Value"] = texts
    said = f"{one.get('ItemOID')} of lines {one.sourceline} and {two.sourceline} exchanged"
    return Change(said, frozenset(texts), _list_near(one) | _list_near(two))


def _set_attribute(rng: random.Random, root: etree._Element) -> Change:
    element = _choose(rng, root, rng.choice((*PARTS, "SiteRef")))
    name = rng.choice(sorted(map(str, element.attrib)))
    near = _list_near(element)
    others = [e.get(name, "") for e in root.iter(str(element.tag))]
    before = element.get(name, "")
    text = rng.choice((rng.choice(others), _printable(rng, before)))
    element.set(name, text)
    said = f"line {element.sourceline} {name.rpartition('}')[2]}: {before[:30]!r} -> {text[:30]!r}"
    near |= {text}
    return Change(said, near, near | _list_named(root, text), removes=True, adds=True)


def _list_named(root: etree._Element, text: str) -> frozenset[str]:
    """The texts of subjects one of whose attributes holds this text."""
    subjects = [e for e in root.iter(f"{ODM}SubjectData") if text in e.attrib.values()]
    return frozenset().union(*map(_list_near, subjects))


def _drop_attribute(rng: random.Random, root: etree._Element) -> Change:
    element = _choose(rng, root, rng.choice((*PARTS, "SiteRef")))
    name, near = rng.choice(sorted(map(str, element.attrib))), _list_near(element)
    del element.attrib[name]
    said = f"line {element.sourceline} without {name.rpartition('}')[2]}"
    return Change(said, near | {""}, near, removes=True, adds=True)


def _drop(rng: random.Random, root: etree._Element) -> Change:
    element = _choose(rng, root, rng.choice(PARTS))
    near, parent = _list_near(element), element.getparent()
    parent.remove(element)
    said = f"line {element.sourceline} without {etree.QName(element).localname}"
    return Change(said, frozenset({""}), near, removes=True)


def _double(rng: random.Random, root: etree._Element) -> Change:
    element = _choose(rng, root, rng.choice(PARTS))
    near, text = _list_near(element), etree.tostring(element)
    copy = etree.fromstring(text)
    if rng.random() < 0.5:
        for item in copy.iter(f"{ODM}ItemData"):
            item.set("Value", _printable(rng, item.get("Value", "")))
            near |= {item.get("Value", "")}
    element.addnext(copy)
    said = f"line {element.sourceline} {etree.QName(element).localname} twice"
    return Change(said, near, near, removes=True, adds=True)


def _move(rng: random.Random, root: etree._Element) -> Change:
    element = _choose(rng, root, rng.choice(("ItemData", "ItemGroupData", "SubjectData")))
    near = _list_near(element)
    parent = element.getparent()
    parent.insert(rng.randrange(len(parent)), element)
    name = etree.QName(element).localname
    return Change(f"line {element.sourceline} {name} moved", frozenset(), near)


def _set_metadata(rng: random.Random, root: etree._Element) -> Change:
    study = root.find(f"{ODM}Study")
    element = rng.choice([e for e in study.iter() if e.attrib])
    name = rng.choice(sorted(map(str, element.attrib)))
    before = element.get(name, "")
    element.set(name, _printable(rng, before))
    said = f"metadata, line {element.sourceline} {etree.QName(element).localname} {name}"
    texts = frozenset({"", before, element.get(name, "")})
    return Change(f"{said}: {before[:30]!r} -> {element.get(name)[:30]!r}", texts)
