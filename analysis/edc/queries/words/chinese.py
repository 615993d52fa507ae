"""The Chinese of data queries: messages, words in their fields, and what is asked of the site."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.config.load import read_yaml, require_texts
from analysis.edc.queries.query import Rule
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.errors import ConfigError
from analysis.errors.reason import list_fields

FILE = Path(__file__).with_name("zh.yaml")
SECTIONS = ("messages", "words", "actions", "headings")


@dataclass(frozen=True)
class Chinese:
    """``messages`` by code, ``words`` and ``headings`` by the English, ``actions`` by rule."""

    messages: Mapping[MessageCode, str]
    words: Mapping[str, str]
    actions: Mapping[Rule, str]
    headings: Mapping[str, str]


@cache
def read_chinese(file: Path = FILE) -> Chinese:
    """Return the Chinese that a file holds.

    Raises ConfigError if its sections are not :data:`SECTIONS`, it lacks a message or an action or
    has an unknown one, or gives a message other fields in braces than its English has.
    """
    sections = read_yaml(file, SECTIONS)
    if set(sections) != set(SECTIONS):
        raise ConfigError(f"{file}: the sections must be {', '.join(SECTIONS)}")
    texts = {name: require_texts(sections[name], f"{file}") for name in SECTIONS}
    codes = {code.key: code for code in MessageCode}
    rules = {rule.value: rule for rule in Rule}
    _require_all(texts["messages"], codes, f"{file}: messages")
    _require_all(texts["actions"], rules, f"{file}: actions")
    for key, text in texts["messages"].items():
        if set(list_fields(text)) != set(list_fields(codes[key].english)):
            raise ConfigError(f"{file}: {key}: the Chinese must have the same braces")
    return Chinese(
        {codes[key]: text for key, text in texts["messages"].items()},
        texts["words"],
        {rules[key]: text for key, text in texts["actions"].items()},
        texts["headings"],
    )


def _require_all(given: Iterable[str], known: Iterable[str], where: str) -> None:
    if odd := sorted(set(given) ^ set(known)):
        raise ConfigError(f"{where}: lacking, or not known: {', '.join(odd)}")
