"""Texts that may be about one person: names, free text. A page shows their shapes alone."""

import re
from collections.abc import Mapping

LONGEST = 40
"""Letters of a text beyond which it is free text."""
FEW = 5
"""So many different texts of words alone, most of them of one cell, are names or free text."""
_SHAPES = (
    (re.compile(r"[0-9]"), "9"),
    (re.compile(r"[^\W\d_]+"), "A"),
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTERS = re.compile(r"[^\W\d_]+")
_PERSON = re.compile(
    r"((patient|subject|participant|proband|pt|first|last|family|given|full|middle|sur|maiden|"
    r"mother|father|contact|relative|doctor|physician|investigator)*(names?|initials?))|"
    r"((nach|vor|familien|geburts)?namen?|initialen)|"
    r"((date|day)?of)?birth(date|day|dt|dat)?|dob|geburts(datum|tag)|"
    r"(street|home|postal|e?mail)*(address|addr)|adresse|anschrift|strasse|straße|"
    r"(tele|mobile|home|contact)*(phone|fon)(number|no)?|mobile(number|no)?|handy|tel|e?mail|"
    r"mrn|ssn|passport(no|number)?|nationalid|idcard|"
    r".*(姓名|名字|缩写|出生|生日|住址|地址|电话|手机|身份证|住院号|门诊号|病历号|病案号).*"
)


def name_shape(text: str) -> str:
    """Return a text with 9 for every digit and A for every word.

    >>> name_shape("12-Mar-2026"), name_shape("Herr Müller")
    ('99-A-9999', 'A A')
    """
    for pattern, sign in _SHAPES:
        text = pattern.sub(sign, text)
    return text


def names_person(header: str) -> bool:
    """Return whether the name of a column is that of something about one person.

    >>> [names_person(h) for h in ("Patient Name", "姓名", "redcap_event_name", "birth_date")]
    [True, True, False, True]
    """
    letters = re.sub(r"[\W\d_]", "", header.casefold())
    return _PERSON.fullmatch(letters) is not None


def find_personal(cells: Mapping[str, int]) -> frozenset[str]:
    """Return the texts of a column that may be a name or free text; ``cells``: of each text.

    They are long ones; several words, or initials and a word, of which one cell
    holds each; and all words, if there are
    many of which most stand once. Of a code list every text is meant for one, and none is asked
    for here.

    >>> sorted(find_personal({"n/a": 1, "A. Weber": 1, "12 Mar 2026": 1, "71 kg": 1}))
    ['A. Weber']
    """
    words = {text: n for text, n in cells.items() if _is_words(text)}
    alone = {text for text, n in words.items() if n == 1}
    if len(alone) >= FEW and 2 * len(alone) > len(words):
        hidden = {*words}
    else:
        hidden = {text for text in alone if len(_LETTERS.findall(text)) > 1}
    return frozenset(hidden | {text for text in cells if len(text) > LONGEST})


def _is_words(text: str) -> bool:
    """Whether a text holds words and no digit, or more words than a date or a unit has."""
    words = _WORD.findall(text)
    return bool(words) and (len(words) > 2 or not any(letter.isdigit() for letter in text))
