"""The message of a query with its fields: read back from its English, and said in Chinese."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from analysis.edc.queries.query import Rule
from analysis.edc.queries.words.chinese import read_chinese
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.errors.reason import list_fields, write_pattern


@dataclass(frozen=True)
class Message:
    """What a query says: the code, and the fields of its template. ``str`` gives its English."""

    code: MessageCode
    fields: Mapping[str, str]

    def __str__(self) -> str:
        return self.code.write(**self.fields)

    @property
    def chinese(self) -> str:
        """The message in Chinese; fields of which the file knows a word are translated too."""
        known = read_chinese()
        fields = {name: known.words.get(text, text) for name, text in self.fields.items()}
        return known.messages[self.code].format(**fields)


def read_message(rule: Rule, text: str) -> Message | None:
    """Return the message of a rule that has this English; None if no template of the rule fits.

    >>> read_message(Rule.LIMITS, "outside the scale 0 to 6; set to missing").fields
    {'low': '0', 'high': '6'}
    """
    for code, pattern in _compile(rule):
        if found := pattern.fullmatch(text):
            return Message(code, found.groupdict())
    return None


def say_in_chinese(rule: Rule, text: str) -> str:
    """Return the Chinese of a message; a text that no template of the rule has stays as it is."""
    message = read_message(rule, text)
    return message.chinese if message else text


@cache
def _compile(rule: Rule) -> tuple[tuple[MessageCode, re.Pattern[str]], ...]:
    """The patterns of the templates of a rule: the one with most text of its own first."""
    codes = [code for code in MessageCode if code.rule is rule]
    ordered = sorted(codes, key=lambda code: _count_own(code.english), reverse=True)
    return tuple((code, re.compile(write_pattern(code.english), re.DOTALL)) for code in ordered)


def _count_own(english: str) -> int:
    return len(english) - sum(len(name) + 2 for name in list_fields(english))
