"""Two manifests side by side: every entry that differs is named, and nothing else."""

from __future__ import annotations

import pytest

from analysis.run.verify.comparison import Difference, compare_entries, compare_texts


def test_outputs_edited_missing_and_extra() -> None:
    archived = {"same": "1", "edited": "2", "missing": "3"}
    rerun = {"extra": "4", "edited": "5", "same": "1"}
    assert compare_texts(archived, rerun) == [
        Difference("edited", "2", "5"),
        Difference("missing", "3", None),
        Difference("extra", None, "4"),
    ]


@pytest.mark.parametrize(
    ("archived", "rerun", "expected"),
    [
        ({"blas": "a"}, {"blas": "a"}, []),
        ({"blas": "a"}, {"blas": "b"}, [Difference("blas", "a", "b")]),
        (
            {"inputs": {"edc/bl.csv": "1", "edc/dm.csv": "2"}},
            {"inputs": {"edc/bl.csv": "3", "edc/dm.csv": "2"}},
            [Difference("inputs: edc/bl.csv", "1", "3")],
        ),
        (
            {"code": {"old.py": "1"}},
            {"code": {"new.py": "1"}},
            [Difference("code: old.py", "1", None), Difference("code: new.py", None, "1")],
        ),
        ({"seeds": {"dummy": 1}}, {"seeds": {"dummy": 2}}, [Difference("seeds: dummy", "1", "2")]),
        ({}, {"processor": "x"}, [Difference("processor", None, "x")]),
        (
            {"audit": {"settings": [["alpha", "0.05", "f"], ["beta", "1", "f"]]}},
            {"audit": {"settings": [["alpha", "0.10", "f"], ["beta", "1", "f"]]}},
            [Difference("audit: settings: alpha", '["0.05", "f"]', '["0.10", "f"]')],
        ),
        (
            {"audit": {"changes": []}},
            {"audit": {"changes": [{"key": "alpha"}]}},
            [Difference("audit: changes", None, '[{"key": "alpha"}]')],
        ),
        ({"rows": [["a", 1], ["a", 2]]}, {"rows": [["a", 1], ["a", 2]]}, []),
        (
            {"rows": [["a", 1], ["a", 2]]},
            {"rows": [["a", 1], ["a", 3]]},
            [Difference("rows", '[["a", 1], ["a", 2]]', '[["a", 1], ["a", 3]]')],
        ),
    ],
)  # fmt: skip
def test_entries_are_named_by_the_keys_that_lead_to_them(
    archived: dict[str, object], rerun: dict[str, object], expected: list[Difference]
) -> None:
    assert compare_entries(archived, rerun) == expected


@pytest.mark.parametrize(
    ("name", "is_of_surroundings"),
    [("versions: numpy", True), ("blas", True), ("processor", True),
     ("inputs: blas", False), ("code: versions.py", False), ("fingerprint", False)],
)  # fmt: skip
def test_surroundings_are_versions_blas_and_processor(name: str, is_of_surroundings: bool) -> None:
    assert Difference(name, "1", "2").is_of_surroundings is is_of_surroundings
