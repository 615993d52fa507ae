"""The Chinese of every word that a figure says: the file ``zh.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.config.load import read_yaml, require_texts
from analysis.errors import ConfigError
from analysis.errors.reason import list_fields
from analysis.errors.reason_codes import ReasonCode

FILE = Path(__file__).with_name("zh.yaml")


@dataclass(frozen=True)
class Chinese:
    """What stands in braces is put in when it is said. ``words``: by the English; ``reasons``."""

    words: Mapping[str, str]
    reasons: Mapping[ReasonCode, str]


@cache
def read_chinese(file: Path = FILE) -> Chinese:
    """Return the Chinese that a file holds.

    Raises ConfigError if it is not two sections of texts, ``words`` by the English and ``reasons``
    by the code, holds a text twice, lacks a reason or has an unknown one, or gives a text other
    fields in braces than its English has.
    """
    sections = read_yaml(file, ("words", "reasons"))
    if set(sections) != {"words", "reasons"}:
        raise ConfigError(f"{file}: two sections are needed, words and reasons")
    words, reasons = (require_texts(sections[name], f"{file}") for name in ("words", "reasons"))
    codes = {code.key: code for code in ReasonCode}
    if odd := sorted(set(reasons) ^ set(codes)):
        raise ConfigError(f"{file}: reasons: lacking, or not a reason: {', '.join(odd)}")
    english = [*words, *(codes[key].value for key in reasons)]
    for text, chinese in zip(english, (*words.values(), *reasons.values()), strict=True):
        if _list_fields(chinese, file) != _list_fields(text, file):
            raise ConfigError(f"{file}: {text!r}: the Chinese must have the same braces")
    return Chinese(words, {codes[key]: chinese for key, chinese in reasons.items()})


def _list_fields(template: str, file: Path) -> set[str]:
    try:
        return set(list_fields(template))
    except ValueError as error:
        raise ConfigError(f"{file}: {template!r}: {error}") from None
