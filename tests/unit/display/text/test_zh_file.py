"""The file of Chinese words: whatever a translator may get wrong is refused, with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.display.text.chinese import FILE, read_chinese
from analysis.errors import ConfigError
from analysis.errors.reason import list_fields
from analysis.errors.reason_codes import ReasonCode

REASONS = read_chinese().reasons
HAN = re.compile("[\u4e00-\u9fff]")


def write_reasons(**changed: str | None) -> str:
    """The section of reasons, with some of them another text, or left out."""
    texts = {code.key: chinese for code, chinese in REASONS.items()} | changed
    lines = [f'  {key}: "{text}"' for key, text in texts.items() if text is not None]
    return "\n".join(["reasons:", *lines, ""])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- a\n", "must be a mapping of keys to values"),
        ("word:\n  a: b\n", "two sections are needed, words and reasons"),
        ('words:\n  "a": "b"\nmore:\n  "a": "b"\n', "two sections are needed, words and reasons"),
        ("words:\n", "must be a mapping of texts to texts"),
        ('words:\n  "a": ["甲"]\n', "line 2: a: must be a text, not a list or a block"),
        ('words:\n  "a":\n', "line 2: a: has no text"),
        ('words:\n  "a": "甲"\n  "a": "乙"\n', "line 3: key 'a' stands twice"),
        ('words:\n  "{arm}": "甲"\n', "'{arm}': the Chinese must have the same braces"),
        ('words:\n  "a": "甲{arm}"\n', "'a': the Chinese must have the same braces"),
        ('words:\n  "{arm}": "{组}"\n', "'{arm}': the Chinese must have the same braces"),
        ('words:\n  "{arm}": "{arm"\n', "'{arm': expected '}' before end of string"),
    ],
)
def test_a_wrong_file_is_refused(text: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "zh.yaml"
    file.write_text(f"{text}{write_reasons() if text[:5] == 'words' else ''}", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_chinese(file)
    assert str(caught.value).startswith(str(file))
    assert words in str(caught.value)


def test_texts_stand_as_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "zh.yaml"
    lines = 'words:\n  Yes: "是"\n  "No": No\n  0: 01\n'
    file.write_text(f"{lines}{write_reasons()}", encoding="utf-8")
    assert read_chinese(file).words == {"Yes": "是", "No": "No", "0": "01"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"separation": None}, "lacking, or not a reason: separation"),
        ({"quasi_separation": "分离"}, "lacking, or not a reason: quasi_separation"),
        ({"separation": "分离"}, "the Chinese must have the same braces"),
        ({"separation": "沿{columns}的{level}分离"}, "the Chinese must have the same braces"),
    ],
)
def test_wrong_reasons_are_refused(
    changed: dict[str, str | None], words: str, tmp_path: Path
) -> None:
    file = tmp_path / "zh.yaml"
    file.write_text(f'words:\n  "a": "甲"\n{write_reasons(**changed)}', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_chinese(file)
    assert str(caught.value).startswith(str(file))
    assert words in str(caught.value)


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_has_its_chinese_with_the_same_fields(code: ReasonCode) -> None:
    chinese = REASONS[code]
    assert set(list_fields(chinese)) == set(list_fields(code.value))
    assert HAN.search(chinese) or code in (ReasonCode.OTHER, ReasonCode.IN_ARM)


def test_the_file_of_the_package_is_read_once() -> None:
    assert read_chinese() is read_chinese()
    assert read_chinese(FILE).words["Yes"] == "是"
