"""Names that a run cannot work with are said at the start, readably and all together."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from snakemake.cli import parse_config

from analysis.errors import ConfigError
from analysis.io.names.shown_names import show_name
from analysis.run.settings.command_line import require_unchanged, write_entry
from analysis.run.settings.path_names import require_usable_names

GBK = os.fsdecode("数据".encode("gbk"))


@pytest.mark.parametrize(
    ("name", "shown", "reason"),
    [
        (GBK, "数据", "not UTF-8"), (os.fsdecode(b"a\xff"), "a\\xff", "not UTF-8"),
        ("{site}", "{site}", "placeholder"), ("a}", "a}", "placeholder"),
        ("<b>", "<b>", "holds <b>, which"), ("a<site_1>%s", "a<site_1>%s", "placeholder"),
        ("a\nb", "a\\nb", "cannot be seen"), ("a\x00b", "a\\x00b", "cannot be seen"),
        ("a\u200bb", "a\\u200bb", "cannot be seen"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_worked_with(name: str, shown: str, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        require_usable_names({"edc_dir": Path(name), "results": Path("out")}, [Path(f"{name}.csv")])
    message = str(caught.value)
    message.encode("utf-8")
    (line,) = [line for line in message.splitlines() if "edc_dir" in line]
    assert line.startswith(f"  - edc_dir = {shown}: ")
    assert reason in line
    assert f"file = {shown}.csv: " in message
    assert "results" not in message


@pytest.mark.parametrize(
    "name", ["数据", "my trial", "<B>", "a<b", "100%", "it's", 'a"b', "$HOME", "é"]
)
def test_other_names_are_no_fault(name: str) -> None:
    require_usable_names({"edc_dir": Path(name)}, [Path(f"{name}.csv")])
    assert show_name(name) == name


def test_a_run_says_so(rehearse: Callable[..., object]) -> None:
    with pytest.raises(ConfigError, match=r"results = a\{b\}: "):
        rehearse(results="a{b}")


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("lock_name=010", 10), ("results=run #2", "run"), ("lock_name=1_000", 1000),
        ("relock=why: this", {"why": "this"}), ("relock=1e3", 1000.0),
    ],
)  # fmt: skip
def test_an_entry_that_would_change_is_refused(entry: str, value: object) -> None:
    key, _, text = entry.partition("=")
    assert parse_config([entry]) == {key: value}
    with pytest.raises(ConfigError) as caught:
        require_unchanged([entry], {key: value})
    assert f"{key}=\" '{text}' \"" in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "010", "why: this", "{a} #1", "it's: {n}", 'a "b": c', "costs $5: HOME", "100%: at `date`",
        "数据: x #1", "back\\slash: x", "wait!: {x}", 'the "final"', "'a' or 'b'", "- x",
    ],
)  # fmt: skip
def test_what_the_refusal_says_to_write_arrives_as_it_is(text: str) -> None:
    entry = f"relock={text}"
    with pytest.raises(ConfigError) as caught:
        require_unchanged([entry], parse_config([entry]))
    remedy = str(caught.value).rpartition("within quotes: ")[2]
    (word,) = shlex.split(remedy)
    assert parse_config([word]) == {"relock": text}
    require_unchanged([word], parse_config([word]))


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("relock=7", 7), ("results=out", "out"), ("tiff=True", True), ("relock=", None),
        ("relock={n} and %", "{n} and %"), ("lock_name='Final data'", "Final data"),
        ("relock= '010' ", "010"), ("relock=it's", "it's"),
    ],
)  # fmt: skip
def test_an_entry_that_stays(entry: str, value: object) -> None:
    assert parse_config([entry]) == {entry.partition("=")[0]: value}
    require_unchanged([entry], parse_config([entry]))


@pytest.mark.parametrize(
    "value", ["010", "1e5", "true", "a b #2", "x: y", 'it\'s "x" {y} $z', "中文 文件夹", True]
)
def test_an_entry_that_a_rerun_writes_arrives_as_it_is(value: str | bool) -> None:
    entry = write_entry("results", value)
    assert parse_config([entry]) == {"results": value}
    require_unchanged([entry], parse_config([entry]))
