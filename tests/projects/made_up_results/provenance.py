"""Of what a run says that it was made, and of an unblinded one."""

from __future__ import annotations

from typing import Any

from analysis.io.result import Allocation

COVARIATES_THEN = '[{"name": "AGE", "levels": []}, {"name": "IVT", "levels": ["N", "Y"]}]'
COVARIATES_NOW = '[{"name": "AGE", "levels": []}]'


def build_provenance() -> dict[str, Any]:
    """A rehearsal of a data set that is not locked; every hash is another one."""
    return {
        "registry_id": "NCT07141303",
        "mode": "rehearsal",
        "allocation": "rehearsal",
        "stamp": Allocation.REHEARSAL.stamp,
        "lock": "NOT LOCKED",
        "export": "EDC export",
        "plan_hash": "a" * 64,
        "mapping_hash": "b" * 64,
        "code_hash": "c" * 64,
        "fingerprint": "d" * 64,
        "seeds": {"demonstration trial": 20250822},
        "config": {"plan": "e" * 64, "mapping": "f" * 64},
        "inputs": {"edc/dm.csv": "1" * 64, "unblinding/rand.csv": "2" * 64},
        "versions": {"numpy": "2.4.6"},
        "environment": {"numpy": "2.4.6 0123456789abcdef"},
        "blas": "openblas 0.3.31",
        "processor": "x86_64 AVX2",
        "audit": {
            "lock": {"State": "NOT LOCKED"},
            "unblinding": {},
            "settings": [
                ["plan.outcome.window_days", "21", "trial.yaml (assumption)"],
                ["plan.primary.covariates", COVARIATES_NOW, "trial.yaml, amended 2027-03-20"],
                ["plan.sealed_lists.kit_list", "null", "trial.yaml (assumption)"],
                ["edc.missing_values", '["-95"]', "edc.yaml"],
            ],
            "changes": [],
        },
    }


def build_unblinded() -> dict[str, Any]:
    """The trial itself, locked twice, unblinded, and changed before and after that."""
    line = "Locked on 2027-03-04 (first on 2027-02-11)"
    known = build_provenance()
    late = ("plan.primary.covariates", COVARIATES_THEN, COVARIATES_NOW, "2027-03-20",
            "asked for by a reviewer", "after the unblinding")  # fmt: skip
    early = ("plan.outcome.window_days", "14", "21", "2027-03-01", "window widened", "")
    names = ("key", "old", "new", "date", "reason", "after_unblinding")
    return {
        **known,
        "mode": "unblinded",
        "allocation": "trial",
        "stamp": "",
        "lock": line,
        "seeds": {},
        "audit": {
            **known["audit"],
            "lock": {
                "State": line,
                "Data set": "final",
                "Seal": "3" * 64,
                "Plan as locked (SHA-256)": "4" * 64,
                "Locked before, on 2027-02-11": "superseded: two late readings",
            },
            "unblinding": {
                "Date": "2027-03-10",
                "Authorised by": "A. Example",
                "Reason": "steering committee of 9 March",
                "rand.csv (SHA-256)": "2" * 64,
            },
            "changes": [dict(zip(names, change, strict=True)) for change in (late, early)],
        },
    }
