"""The file of Chinese words: whatever a translator may get wrong is refused, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.display.words.chinese import FILE, read_chinese
from analysis.errors import ConfigError


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- a\n", "must be a mapping of keys to values"),
        ("word:\n  a: b\n", "one section is needed, words"),
        ('words:\n  "a": "b"\nmore: 1\n', "one section is needed, words"),
        ("words:\n", "must be a mapping of texts to texts"),
        ('words:\n  Yes: "是"\n', "True: write each line as"),
        ('words:\n  "Yes": Yes\n', "Yes: write each line as"),
        ('words:\n  0: "0"\n', "0: write each line as"),
        ('words:\n  "0": 01\n', "0: write each line as"),
        ('words:\n  "a": ["甲"]\n', "a: write each line as"),
        ('words:\n  "a":\n', "a: write each line as"),
        ('words:\n  "a": "甲"\n  "a": "乙"\n', "line 3: key 'a' stands twice"),
        ('words:\n  "{arm}": "甲"\n', "'{arm}': the Chinese must have the same braces"),
        ('words:\n  "a": "甲{arm}"\n', "'a': the Chinese must have the same braces"),
        ('words:\n  "{arm}": "{组}"\n', "'{arm}': the Chinese must have the same braces"),
        ('words:\n  "{arm}": "{arm"\n', "'{arm': expected '}' before end of string"),
    ],
)
def test_a_wrong_file_is_refused(text: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "zh.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_chinese(file)
    assert str(caught.value).startswith(str(file))
    assert words in str(caught.value)


def test_the_file_of_the_package_is_read_once() -> None:
    assert read_chinese() is read_chinese()
    assert read_chinese(FILE)["Yes"] == "是"
