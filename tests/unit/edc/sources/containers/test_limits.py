"""Archives made to burst, stopped by what comes out and not by what they say."""

from __future__ import annotations

import gzip
import tracemalloc

import pytest

from analysis.edc.sources.containers import limits, zip_files
from tests.unit.edc.sources.containers.packing import findings, pack, unpack

ZEROS = bytes(limits.RATIO_FROM + 1)


def test_the_ratio_of_what_comes_out() -> None:
    for raw, name in ((pack(("x.csv", ZEROS)), "e.zip"), (gzip.compress(ZEROS), "x.csv.gz")):
        (found,) = findings(raw, name)
        most = f"more than {limits.RATIO_FROM} bytes come out of {len(raw)};"
        assert found.startswith(f"x.csv: {most}")


def test_several_members_count_together() -> None:
    half = ZEROS[: limits.RATIO_FROM // 2]
    assert len(unpack(pack(("a.csv", half), ("b.csv", half)))) == 2
    (found,) = findings(pack(("a.csv", half), ("b.csv", half), ("c.csv", b"x")))
    assert found.startswith("c.csv: more than")


def test_all_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 10)
    assert unpack(pack(("a.csv", b"12345"), ("b.csv", b"12345")))
    (found,) = findings(pack(("a.csv", b"12345"), ("b.csv", b"123456")))
    assert found.startswith("b.csv: more than 10 bytes come out of")


def test_a_header_that_says_less_is_not_believed() -> None:
    raw = pack(("x.csv", ZEROS))
    told = raw.replace(len(ZEROS).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert told != raw
    tracemalloc.start()
    (found,) = findings(told)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.startswith("x.csv: its content is not as it was packed")
    assert most < len(ZEROS) / 2


def test_more_files_than_any_export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_files, "MOST_MEMBERS", 2)
    (found,) = findings(pack(("a", b""), ("b", b""), ("c", b"")))
    assert found == "3 files, and at most 2 are read. Pack the export alone"
