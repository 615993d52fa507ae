"""The file of verdicts, and the message of a check that fails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analysis.errors import AnalysisError, CheckError
from analysis.io.result import Allocation
from analysis.io.verdicts import (
    COLUMNS,
    Comparison,
    Verdict,
    list_failed,
    read_verdicts,
    require_agreement,
    write_verdicts,
)

AGREES = Comparison(
    "primary", "ITT", "", "", "estimate", "1.5", "1.5", "0", "relative", "1e-08", "anew, \u00e4",
    Verdict.AGREES, "",
)  # fmt: skip
DIFFERS = replace(AGREES, stat_name="ci_low", check="1.4", difference="0.07",
                  verdict=Verdict.DIFFERS)  # fmt: skip
WITHOUT = replace(AGREES, engine="", check="", difference="", verdict=Verdict.NOT_CHECKED,
                  reason="not estimable by both: no event")  # fmt: skip


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "qc.csv"
    write_verdicts(path, [AGREES, DIFFERS, WITHOUT], Allocation.DUMMY)
    assert read_verdicts(path) == (AGREES, DIFFERS, WITHOUT)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert [line.endswith(",dummy") for line in lines[1:]] == [True] * 3


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "qc.csv"
    path.write_text("analysis_id,verdict\nprimary,agrees\n", encoding="utf-8")
    with pytest.raises(AnalysisError, match=r"qc\.csv: the columns must be analysis_id,"):
        read_verdicts(path)


def test_agreement_is_no_error() -> None:
    require_agreement([AGREES, WITHOUT], "")
    assert list_failed([AGREES, WITHOUT]) == []


def test_a_failure_names_both_values_and_where_to_look() -> None:
    with pytest.raises(CheckError) as caught:
        require_agreement([AGREES, DIFFERS, WITHOUT], "See qc.csv.")
    message = str(caught.value)
    assert "1 of 2 statistics differ" in message
    assert "See qc.csv." in message
    assert (
        "primary / ITT / ci_low: 1.5 by the engine, 1.4 by the check (tolerance 1e-08)" in message
    )


def test_five_failures_are_named_and_the_rest_counted() -> None:
    failed = [replace(DIFFERS, stat_name=f"number_{i}") for i in range(8)]
    with pytest.raises(CheckError) as caught:
        require_agreement(failed, "")
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0].rpartition(" ")[2] for line in lines[1:6]] == [
        f"number_{i}" for i in range(5)
    ]
    assert lines[6:] == ["  - 3 more"]


def test_a_value_on_one_side_alone_is_said() -> None:
    alone = replace(DIFFERS, engine="", reason="not estimable by the engine alone")
    assert alone.describe() == (
        "primary / ITT / ci_low: not estimable by the engine, 1.4 by the check: not estimable by "
        "the engine alone"
    )
