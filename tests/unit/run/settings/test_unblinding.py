"""An unblinding is made with the lists that were authorised and sealed, a rehearsal with others."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from analysis.config.plan import SealedLists
from analysis.errors import ConfigError
from analysis.run.settings.unblinding import (
    hash_lists,
    is_sealed,
    refuse_sealed,
    require_locked_first,
    require_record,
    require_sealed,
)
from tests.unit.run.locked_trial import LockedTrial

RANDOMISATION, KITS = "RANDNO,ARM\nR1,MPSS\nR2,PLACEBO\n", "KITNO,ARM\nK1,MPSS\nK2,PLACEBO\n"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


RECORD = f"""date: 2026-12-01
authorised_by: Steering committee, minutes of 30 November 2026
lists:
  randomisation_list.csv: {sha256(RANDOMISATION)}
  kit_list.csv: {sha256(KITS)}
"""


class Unblinding:
    """The two lists and the record of an unblinding in one folder."""

    def __init__(self, folder: Path) -> None:
        self.record = folder / "unblinding.yaml"
        self.lists = [folder / "randomisation_list.csv", folder / "kit_list.csv"]
        self.record.write_text(RECORD, encoding="utf-8")
        self.write(RANDOMISATION, KITS)

    def write(self, randomisation: str, kits: str) -> None:
        for path, text in zip(self.lists, (randomisation, kits), strict=True):
            path.write_text(text, encoding="utf-8", newline="")

    def edit_record(self, old: str, new: str) -> None:
        assert RECORD.count(old) == 1
        self.record.write_text(RECORD.replace(old, new), encoding="utf-8")

    @property
    def hashes(self) -> dict[str, str]:
        return hash_lists(self.lists)

    def refusal(self) -> str:
        with pytest.raises(ConfigError) as caught:
            require_record(self.record, self.hashes)
        return str(caught.value)


@pytest.fixture
def unblinding(tmp_path: Path) -> Unblinding:
    return Unblinding(tmp_path)


# --- the record ---------------------------------------------------------------------------------


def test_a_record_of_these_lists(unblinding: Unblinding) -> None:
    record = require_record(unblinding.record, unblinding.hashes)
    assert str(record.date) == "2026-12-01"
    assert record.authorised_by == "Steering committee, minutes of 30 November 2026"
    assert record.reason is None
    assert record.lists == unblinding.hashes


def test_a_hash_may_be_written_in_capitals(unblinding: Unblinding) -> None:
    unblinding.edit_record(sha256(KITS), sha256(KITS).upper())
    assert require_record(unblinding.record, unblinding.hashes).lists == unblinding.hashes


def test_no_record(unblinding: Unblinding) -> None:
    unblinding.record.unlink()
    assert f"{unblinding.record}: there is no unblinding record" in unblinding.refusal()


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("date: 2026-12-01\n", "", "date: the key is missing"),
        ("date: 2026-12-01", "date: soon", "date: soon is not a date written as 2026-11-30"),
        ("Steering committee, minutes of 30 November 2026", '""', "authorised_by: is empty"),
        ("date:", "reason: ''\ndate:", "reason: is empty"),
        ("date:", "password: x\ndate:", "password: unknown key"),
        (sha256(KITS), sha256(KITS)[:12], "lists.kit_list.csv = "),
    ],
)
def test_a_wrong_record(unblinding: Unblinding, old: str, new: str, finding: str) -> None:
    unblinding.edit_record(old, new)
    message = unblinding.refusal()
    assert message.startswith(f"{unblinding.record}: the configuration is wrong.")
    assert f"\n  - {finding}" in message


def test_a_record_of_another_list(unblinding: Unblinding) -> None:
    other = KITS.replace("K2", "K3")
    unblinding.write(RANDOMISATION, other)
    assert unblinding.refusal() == (
        f"{unblinding.record}: the lists are not those that the record of 2026-12-01 authorises.\n"
        f"  - kit_list.csv: sha256 {sha256(other)[:12]}, by the record {sha256(KITS)[:12]}"
    )


def test_lists_exchanged(unblinding: Unblinding) -> None:
    unblinding.write(KITS, RANDOMISATION)
    message = unblinding.refusal()
    kits, randomisation = sha256(KITS)[:12], sha256(RANDOMISATION)[:12]
    assert f"randomisation_list.csv: sha256 {kits}, by the record {randomisation}" in message
    assert f"kit_list.csv: sha256 {randomisation}, by the record {kits}" in message


def test_a_list_missing_from_the_record_and_one_too_many(unblinding: Unblinding) -> None:
    unblinding.edit_record("kit_list.csv", "kits.csv")
    message = unblinding.refusal()
    assert "kits.csv: named by the record, but not given" in message
    assert "kit_list.csv: given, but not named by the record" in message


def test_the_data_set_is_locked_first(unblinding: Unblinding, locked: LockedTrial) -> None:
    record = require_record(unblinding.record, unblinding.hashes)
    first = locked.build("2026-12-01")
    require_locked_first(record, first)
    with pytest.raises(ConfigError, match=r"dated 2026-12-01, but .* first locked on 2026-12-02"):
        require_locked_first(record, locked.build("2026-12-02"))


def test_a_data_set_locked_again_after_the_unblinding(
    unblinding: Unblinding, locked: LockedTrial
) -> None:
    record = require_record(unblinding.record, unblinding.hashes)
    locked.edit("mrs.csv", "S1,D90,2", "S1,D90,1")
    require_locked_first(record, locked.lock("Error found", locked_on="2027-01-15"))


# --- the sealed lists ---------------------------------------------------------------------------


def seal(randomisation: str | None, kits: str | None) -> SealedLists:
    hashes = [None if text is None else sha256(text) for text in (randomisation, kits)]
    return SealedLists(source="assumption", randomisation_list=hashes[0], kit_list=hashes[1])


@pytest.mark.parametrize(
    ("sealed", "expected"),
    [
        (seal(RANDOMISATION, KITS), True),
        (seal(RANDOMISATION, None), True),
        (seal(None, KITS), True),
        (seal("others", KITS), True),
        (seal(KITS, RANDOMISATION), True),
        (seal("others", "others too"), False),
        (seal(None, None), False),
    ],
    ids=["both", "one", "the other", "one differs", "exchanged", "others", "none deposited"],
)
def test_whether_lists_are_the_sealed_ones(
    unblinding: Unblinding, sealed: SealedLists, expected: bool
) -> None:
    assert is_sealed(unblinding.hashes, sealed) is expected


def test_a_rehearsal_with_a_sealed_list_is_refused(unblinding: Unblinding) -> None:
    with pytest.raises(ConfigError) as caught:
        refuse_sealed(unblinding.hashes, seal("others", KITS))
    heading, finding = str(caught.value).splitlines()
    assert heading.startswith("A rehearsal with the trial's own lists is refused")
    assert finding == (
        f"  - kit_list.csv: sha256 {sha256(KITS)[:12]} is that of the sealed kit_list.csv"
    )


def test_a_sealed_list_is_known_under_another_name(unblinding: Unblinding) -> None:
    with pytest.raises(ConfigError) as caught:
        refuse_sealed(unblinding.hashes, seal(KITS, None))
    digits = sha256(KITS)[:12]
    assert str(caught.value).endswith(
        f"  - kit_list.csv: sha256 {digits} is that of the sealed randomisation_list.csv"
    )


def test_a_rehearsal_with_other_lists(unblinding: Unblinding) -> None:
    refuse_sealed(unblinding.hashes, seal("others", "others too"))
    refuse_sealed(unblinding.hashes, seal(None, None))


def test_an_unblinding_with_other_lists_than_sealed(unblinding: Unblinding) -> None:
    with pytest.raises(ConfigError) as caught:
        require_sealed(unblinding.hashes, seal(RANDOMISATION, "others"))
    assert str(caught.value) == (
        "The unblinding is refused: the lists are not the sealed ones (sealed_lists).\n"
        f"  - kit_list.csv: sha256 {sha256(KITS)[:12]}, by the seal in the plan "
        f"{sha256('others')[:12]}"
    )


def test_an_unblinding_with_the_sealed_lists(unblinding: Unblinding) -> None:
    for sealed in (seal(RANDOMISATION, KITS), seal(None, KITS), seal(None, None)):
        require_sealed(unblinding.hashes, sealed)


def test_an_unblinding_without_a_sealed_list(unblinding: Unblinding) -> None:
    with pytest.raises(ConfigError, match=r"kit_list\.csv: named by the seal in the plan, but not"):
        require_sealed(hash_lists(unblinding.lists[:1]), seal(RANDOMISATION, KITS))
