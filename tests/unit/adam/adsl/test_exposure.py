"""Study drug received, and concomitant medication (SAP 9.4)."""

from __future__ import annotations

import pytest

from analysis.config import Plan
from tests.unit.adam.small_export import (
    Derived,
    Edit,
    SmallExport,
    add,
    derive_cases,
    died,
    drop,
    put,
)

EXACT = 1e-12  # sums and quotients of a few doses


def dose(sequence: str, **cells: str) -> Edit:
    return put("ex", {"EXSEQ": sequence}, **cells)


def medication(kind: str) -> Edit:
    return add("cm", CMSEQ="1", CMCLAS=kind)


CASES: dict[str, tuple[Edit, ...]] = {
    "all given": (),
    "none given": (put("ex", EXDOSE="0"),),
    "no record": (drop("ex"),),
    "one missing": (dose("3", EXDOSE="0"),),
    "half of one": (dose("2", EXDOSE="70"),),
    "one in two rows": (
        dose("2", EXDOSE="100"),
        add("ex", EXSEQ="9", EXROUTE="IV", EXDAY="1", EXDOSE="40", EXKIT="K-MPSS"),
    ),
    "died on day 2, last two not given": (
        died(2), dose("3", EXDOSE="0"), dose("4", EXDOSE="0"),
    ),
    "died on day 4, last not given": (died(4), dose("4", EXDOSE="0")),
    "plan unknown": (put("ex", EXPDOSE=""), put("dm", WEIGHT="")),
    "plan from the weight": (put("ex", EXPDOSE=""),),
    "no weight": (put("dm", WEIGHT=""),),
    "steroid": (medication("STEROID"),),
    "insulin": (medication("INSULIN"),),
    "other": (medication("OTHER"),),
    "class missing": (medication(""),),
}  # fmt: skip


@pytest.fixture(scope="module")
def derived(plan: Plan) -> Derived:
    return derive_cases(plan, CASES)


@pytest.mark.parametrize(
    ("name", "doses", "days", "mg"),
    [
        ("all given", 4, "YYYY", 460.0),
        ("none given", 0, "NNNN", 0.0),
        ("no record", 0, "NNNN", 0.0),
        ("one missing", 3, "YYNY", 320.0),
        ("half of one", 4, "YYYY", 390.0),
        ("one in two rows", 4, "YYYY", 460.0),
        ("died on day 2, last two not given", 2, "YYNN", 180.0),
    ],
)
def test_doses_given(derived: Derived, name: str, doses: int, days: str, mg: float) -> None:
    flags = derived.values(name, "EXD0FL", "EXD1FL", "EXD2FL", "EXD3FL")
    assert "".join(map(str, flags)) == days
    assert derived.values(name, "NDOSE", "DOSEMG") == (doses, mg)
    assert derived.value(name, "DOSEMGKG") == pytest.approx(mg / 70, rel=EXACT)


@pytest.mark.parametrize(
    ("name", "percent"),
    [
        ("all given", 100.0),
        ("none given", 0.0),
        ("no record", 0.0),
        ("one missing", 100 * 320 / 460),
        ("half of one", 100 * 390 / 460),
        ("one in two rows", 100.0),
        ("died on day 2, last two not given", 100.0),  # only days 0 and 1 were due
        ("died on day 4, last not given", 100 * 320 / 460),
        ("plan unknown", None),
        ("plan from the weight", 100.0),  # 2 mg/kg x 70 kg
        ("no weight", 100.0),  # the plan is recorded
    ],
)
def test_compliance(derived: Derived, name: str, percent: float | None) -> None:
    found = derived.value(name, "DOSEPCT")
    assert found is None if percent is None else found == pytest.approx(percent, rel=EXACT)


def test_without_a_weight_there_is_no_dose_per_kg(derived: Derived) -> None:
    assert derived.values("no weight", "DOSEMG", "DOSEMGKG") == (460.0, None)


@pytest.mark.parametrize(
    ("name", "flags"),
    [("steroid", "YN"), ("insulin", "NY"), ("other", "NN"), ("class missing", "NN"),
     ("all given", "NN")],
)  # fmt: skip
def test_medication(derived: Derived, name: str, flags: str) -> None:
    assert "".join(map(str, derived.values(name, "CMSTERFL", "CMINSFL"))) == flags


def test_medication_that_was_not_exported_is_missing(plan: Plan) -> None:
    export = SmallExport()
    export.add_subject("S1")
    tables = export.build_tables
    export.build_tables = lambda: {  # type: ignore[method-assign]
        name: frame for name, frame in tables().items() if name != "cm"
    }
    assert export.derive(plan).values("S1", "CMSTERFL", "CMINSFL") == (None, None)
