"""Messages are data: each has both languages and the same fields, and none loses them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.edc.door.dates.order import PAIRS
from analysis.edc.queries import Rule
from analysis.edc.queries.words.actions import ACTIONS
from analysis.edc.queries.words.chinese import FILE, read_chinese
from analysis.edc.queries.words.message import Message, read_message, say_in_chinese
from analysis.edc.queries.words.message_codes import MessageCode
from analysis.errors import ConfigError
from analysis.errors.reason import list_fields

HAN = re.compile("[\u4e00-\u9fff]")


def build(code: MessageCode) -> Message:
    """A message with a text of its own in every field; some fields are single words."""
    words = {"type": "datetime", "order": "end before start", "column": "ae.AESTDTC"}
    fields = {name: words.get(name, f"the {name} (1, 2); x") for name in list_fields(code.english)}
    return Message(code, fields)


@pytest.mark.parametrize("code", MessageCode)
def test_every_message_reads_back_as_it_was_written(code: MessageCode) -> None:
    message = build(code)
    assert read_message(code.rule, str(message)) == message


@pytest.mark.parametrize("code", MessageCode)
def test_every_message_has_both_languages_and_the_same_fields(code: MessageCode) -> None:
    chinese = read_chinese().messages[code]
    assert set(list_fields(chinese)) == set(list_fields(code.english))
    assert HAN.search(chinese) or code is MessageCode.DATE_ORDER
    for field in build(code).fields.values():
        assert read_chinese().words.get(field, field) in say_in_chinese(code.rule, str(build(code)))


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_a_message_and_says_in_both_languages_what_is_to_be_done(rule: Rule) -> None:
    assert [code for code in MessageCode if code.rule is rule]
    assert ACTIONS[rule]
    assert HAN.search(read_chinese().actions[rule])


def test_every_order_of_dates_has_its_chinese() -> None:
    for pair in PAIRS:
        said = say_in_chinese(Rule.DATE_ORDER, f"{pair.words} (rand.RANDDTC 2026-03-01T10:00)")
        assert said == f"{read_chinese().words[pair.words]}（rand.RANDDTC 2026-03-01T10:00）"


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        (Rule.TYPE, "not of type int; set to missing", "不符合类型整数；已设为缺失"),
        (
            Rule.TYPE,
            "not of type date (YYYY-MM-DD), partial allowed; set to missing",
            "不符合类型日期（YYYY-MM-DD），允许不完整；已设为缺失",
        ),
        (Rule.LIMITS, "outside the scale 0 to 6; set to missing", "超出量表范围0至6；已设为缺失"),
        (Rule.CODE_LIST, "not in the code list (M, F); set to missing",
         "不在编码表中（M, F）；已设为缺失"),
        (Rule.TYPE, "a text that no template has", "a text that no template has"),
    ],
)  # fmt: skip
def test_a_message_in_chinese(rule: Rule, english: str, chinese: str) -> None:
    assert say_in_chinese(rule, english) == chinese


def test_a_field_may_hold_lines() -> None:
    text = "holds U+000A (line feed),\nU+0009 (tab); the data hold a blank in its place"
    found = read_message(Rule.UNPRINTABLE, text)
    assert found is not None
    assert (found.code, str(found)) == (MessageCode.LINE_OR_TAB, text)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("  limits:", "  limit:", "messages: lacking, or not known: limit, limits"),
        ("{low}至{high}；已保留", "{low}；已保留", "range: the Chinese must have the same braces"),
        ("headings:", "heads:", "the sections must be messages, words, actions, headings"),
        ('  kit_unknown: "请', '  kit: "请', "actions: lacking, or not known: kit, kit_unknown"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "zh.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(words)):
        read_chinese(file)
