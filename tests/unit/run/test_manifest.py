"""The manifest: hashes of what went in and came out, and nothing of the machine."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import socket
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis.run.manifest import build_manifest, build_provenance, describe_run
from analysis.run.settings.opening import open_run
from analysis.run.settings.run import Run

Rehearse = Callable[..., Run]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_manifest_lists_inputs_and_outputs_with_their_hashes(
    working: Path, rehearse: Rehearse
) -> None:
    run = rehearse(edc_dir=str(working / "edc"))
    outputs = [run.results / "ard.csv", run.results / "adam" / "adsl.parquet"]
    for path in outputs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.name, encoding="utf-8")
    provenance = build_provenance(describe_run(run), run.sources.export, run.sources.lists)
    text = build_manifest(provenance, run.results, outputs)
    manifest = json.loads(text)
    assert manifest["outputs"] == {
        "adam/adsl.parquet": sha256("adsl.parquet"), "ard.csv": sha256("ard.csv"),
    }  # fmt: skip
    assert manifest["inputs"]["edc/dm.csv"] == sha256("dm\n")
    assert manifest["inputs"]["unblinding/kit_list.csv"] == sha256("kit_list\n")
    assert len(manifest["inputs"]) == 18
    for machine in (str(working), socket.gethostname(), os.path.expanduser("~") + "/"):
        assert machine not in text


def test_it_says_what_was_run(rehearse: Rehearse) -> None:
    run = rehearse()
    described = describe_run(run)
    assert described["allocation"] == "rehearsal"
    assert described["stamp"] == "REHEARSAL - NOT TRIAL RESULTS"
    assert described["export"] == "EDC export"
    assert described["seeds"] == {}
    assert described["fingerprint"] == run.fingerprint


def test_the_demonstration_trial_names_its_seed(working: Path) -> None:
    run = open_run({}, [])
    described = describe_run(run)
    assert described["seeds"] == {"demonstration trial": run.plan.demo.seed}
    assert described["export"] == "demonstration trial"


def test_versions_are_those_in_use(rehearse: Rehearse) -> None:
    versions = build_provenance(describe_run(rehearse()), [], [])["versions"]
    assert versions["pandas"] == pd.__version__
    assert versions["python"] == platform.python_version()
