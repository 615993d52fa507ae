"""Known identifiers: which of them another one resembles, asked of the hashes of signatures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.edc.door.remedies import known
from analysis.edc.door.remedies.known import Known, sign


@given(st.lists(st.text("aA01-.", min_size=1, max_size=5)), st.text("aA01-.", max_size=5))
def test_the_only_identifier_of_the_strictest_signature_is_like(ids: list[str], text: str) -> None:
    signed = [{one for one in set(ids) if each in sign(one)} for each in sign(text)]
    alike = next(filter(None, signed), set())
    assert Known(ids).find_like(text) == (min(alike) if len(alike) == 1 else None)


def test_none_is_known_without_identifiers() -> None:
    assert Known([]).find_like("S-01") is None


def test_signatures_of_one_hash_are_not_mixed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "hash", lambda _: 7, raising=False)
    ids = Known(["A-001", "B-002"])
    assert ids.find_like("a1") == "A-001"
    assert ids.find_like("C-003") is None
