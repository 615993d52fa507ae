"""The Chinese of every word that a figure says, by its English: the file ``zh.yaml``."""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from analysis.config.load import read_yaml, require_texts
from analysis.errors import ConfigError

FILE = Path(__file__).with_name("zh.yaml")


@cache
def read_chinese(file: Path = FILE) -> Mapping[str, str]:
    """Return the Chinese by the English; what stands in braces is put in by ``language.say``.

    Raises ConfigError if the file is not one section ``words`` of texts, holds a text twice, or
    gives one other fields in braces than its English has.
    """
    sections = read_yaml(file)
    if set(sections) != {"words"}:
        raise ConfigError(f"{file}: one section is needed, words")
    words = require_texts(sections["words"], str(file))
    for english, chinese in words.items():
        if _list_fields(chinese, file) != _list_fields(english, file):
            raise ConfigError(f"{file}: {english!r}: the Chinese must have the same braces")
    return words


def _list_fields(template: str, file: Path) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    except ValueError as error:
        raise ConfigError(f"{file}: {template!r}: {error}") from None
