"""The mapping with which a mapping begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import load_mapping
from analysis.errors import ConfigError
from analysis.run.settings.beginning import PLAIN, explain_beginning, load_beginning
from analysis.run.settings.opening import open_run

VALID = "config/edc.yaml"


def test_the_plain_mapping_is_the_one_that_is_shipped(working: Path) -> None:
    shipped = load_mapping(Path(VALID)).model_dump()
    assert load_beginning(Path("none.yaml"), {"edc_dir": "edc"}).model_dump() == {
        **shipped, "edc_dir": "edc",
    }  # fmt: skip
    assert PLAIN.keys() <= shipped.keys()


def test_what_a_valid_mapping_says_of_files_holds(working: Path) -> None:
    text = Path(VALID).read_text(encoding="utf-8").replace("encoding: utf-8", "encoding: gb18030")
    Path(VALID).write_text(text, encoding="utf-8")
    assert load_beginning(Path(VALID), {"edc_dir": "edc"}).encoding == "gb18030"
    assert explain_beginning(Path(VALID), {}) == ""


def test_one_that_is_not_valid_is_left_aside_and_why(working: Path) -> None:
    Path(VALID).write_text("tables: {zz: {}}\n", encoding="utf-8")
    assert load_beginning(Path(VALID), {"edc_dir": "edc"}).tables == {}
    assert "the key is missing" in explain_beginning(Path(VALID), {})


def test_an_export_must_be_named(working: Path) -> None:
    with pytest.raises(ConfigError, match="snakemake map_edc --config edc_dir=DIR"):
        load_beginning(Path(VALID), {})


@pytest.mark.parametrize("command", ["map_edc", "check_edc", "show_mapping"])
def test_a_command_needs_neither_lists_nor_lock(working: Path, command: str) -> None:
    Path("config/lock.json").write_text("{}", encoding="utf-8")
    run = open_run({"edc_dir": "edc", "unblinding_dir": "lists"}, [], command=command)
    assert run.sources.lists == ()
    assert run.locking.lock is None
