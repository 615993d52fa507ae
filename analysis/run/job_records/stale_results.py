"""Earlier results: nothing stale may look current, nothing edited by hand may be built upon."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.errors import ConfigError
from analysis.io.files import remove_temporaries
from analysis.run.folders.writable import require_writable
from analysis.run.job_records.demo_record import find_demo_root, find_edited_demo
from analysis.run.job_records.file_dates import date_today, refuse_future
from analysis.run.job_records.foreign_files import ORIGIN, require_own
from analysis.run.job_records.process_lock import hold_results
from analysis.run.job_records.proof import MANIFEST, lies_inside, read_proof
from analysis.run.job_records.record import (
    START,
    JobRecord,
    StartRecord,
    hash_paths,
    read_job_records,
    read_start,
    relative_name,
    write_record,
)
from analysis.run.job_records.redrawing import is_to_redraw
from analysis.run.job_records.rule_specs import RuleSpec
from analysis.run.job_records.withdrawal import REPORT, SUMMARY, set_aside, withdraw
from analysis.run.settings.input_files import DEMO_ROOT
from analysis.run.settings.run import Run

ENGINE_FOLDER = Path(".snakemake")
"""Where the workflow engine keeps its own records and logs."""
CHANGED = "its inputs, plan or code have changed, or a run stopped"
NOT_OURS = "edited by hand, half made, or made from something else"


def prepare_results(run: Run, specs: Sequence[RuleSpec]) -> None:
    """Make the results folder fit to be built upon, before anything is planned.

    Keeps other runs out of it, records what this one begins with, and removes what is stale.
    ``specs``: in the order of the workflow. Raises ConfigError, and leaves the folder as it is, if
    it holds results of another mode or export, if a file stands in the way that no run made, if
    another run is working in it, if it cannot be written to, and if an input is dated in the
    future.
    """
    start = _describe_start(run, specs)
    _refuse_other(run.results, start)
    require_own(run.results, specs)
    refuse_future(run.given)
    require_writable(list_written(run))
    hold_results(run.results)
    write_record(run.results, START, start)
    remove_temporaries([path for spec in specs for path in spec.outputs])
    remove_stale(run.results, specs)
    _set_aside_edited_demo(run.results, specs)
    date_today(path for spec in specs for path in spec.outputs)


def withdraw_outdated(run: Run) -> None:
    """Withdraw the report of other code at once: a rule file that cannot be read ends the run.

    Raises ConfigError as :func:`prepare_results`, for a folder that is another run's.
    """
    start = _describe_start(run, ())
    _refuse_other(run.results, start)
    earlier = read_start(run.results)
    if earlier is not None and earlier.code != start.code:
        hold_results(run.results)
        withdraw(run.results, SUMMARY, CHANGED)


def remove_stale(results: Path, specs: Sequence[RuleSpec]) -> None:
    """Delete the outputs that are not as the jobs of this run leave them, so that they are made.

    Report and manifest are withdrawn with the first of them, and when they are those of other
    inputs, of another plan or other code, or of a run that stopped.
    """
    records = read_job_records(results)
    stale = find_stale(results, specs, records)
    leftover = find_leftover(results, specs, records)
    if not _has_ended(results, specs, records):
        withdraw(results, SUMMARY, CHANGED)
    elif stale:
        kept = [name for name in SUMMARY if name not in stale]
        withdraw(results, kept, f"{len(stale)} output(s) were {NOT_OURS}")
    _dispose(results, [path for path in (*stale.values(), *leftover) if path.is_file()])


def find_stale(
    results: Path, specs: Sequence[RuleSpec], records: Mapping[str, JobRecord]
) -> dict[str, Path]:
    """Return the outputs that are there, but not as this run's jobs would leave them.

    Those edited, half made or unknown; figures to try again; those made by another specification
    or from other inputs; and all that was made from them. The keys are their paths as seen from
    the results. An output outside of the results that no record here names is another run's, and
    is left alone: the demonstration trial serves several folders of results.
    """
    paths = {path for each in specs for path in (*each.inputs, *each.outputs)}
    present = hash_paths(results, paths)
    stale: dict[str, Path] = {}
    for spec in specs:
        record = records.get(spec.rule, JobRecord(spec="", inputs={}, outputs={}))
        inputs = {name: present[name] for name in _names(results, spec.inputs)}
        is_current = _is_made(spec, record, inputs) and inputs.keys().isdisjoint(stale)
        for name, path in zip(_names(results, spec.outputs), spec.outputs, strict=True):
            is_ours = name in record.outputs or not name.startswith("../")
            is_same = present[name] == record.outputs.get(name)
            is_kept = is_current and is_same and not is_to_redraw(path)
            if present[name] and is_ours and not is_kept:
                stale[name] = path
    return stale


def find_leftover(
    results: Path, specs: Sequence[RuleSpec], records: Mapping[str, JobRecord]
) -> list[Path]:
    """Return what jobs once left in the results, as they left it, and no rule makes any more.

    Figures of a preset or a format that is no longer asked for would look as if they were of this
    run. A file that a job did not make, or that was edited since, is the user's own.
    """
    wanted = {name for each in specs for name in _names(results, each.outputs)}
    left = {
        name: content
        for record in records.values()
        for name, content in record.outputs.items()
        if record.spec is not None and name not in wanted and lies_inside(name)
    }
    present = hash_paths(results, [results / name for name in left])
    return [results / name for name, content in left.items() if content == present[name]]


def _dispose(results: Path, files: Sequence[Path]) -> None:
    """Delete what is as a run of ours left it; what somebody edited is set aside."""
    proof = read_proof(results)
    edited = [path for path in files if not proof.is_ours(relative_name(results, path))]
    for path in files:
        if path not in edited:
            path.unlink()
    for base in dict.fromkeys(_find_base(results, path) for path in edited):
        set_aside(base, [path for path in edited if _find_base(results, path) == base])


def _set_aside_edited_demo(results: Path, specs: Sequence[RuleSpec]) -> None:
    """Set aside what was edited in the demonstration trial, unless it is read as it lies."""
    records = read_job_records(results)
    files = [
        path
        for spec in specs
        if spec.rule not in records or records[spec.rule].spec is not None
        for path in spec.outputs
        if not lies_inside(relative_name(results, path))
    ]
    if edited := find_edited_demo(files):
        set_aside(find_demo_root(edited[0]), edited)


def _find_base(results: Path, path: Path) -> Path:
    """The folder whose ``withdrawn/`` takes a file: the results, or the demonstration trial."""
    return results if lies_inside(relative_name(results, path)) else find_demo_root(path)


def list_written(run: Run) -> list[Path]:
    """The folders in which a run writes."""
    makes_demo = run.is_demo and not run.sources.are_there
    return [run.results, ENGINE_FOLDER, *([run.sources.edc_dir.parent] if makes_demo else [])]


def _describe_start(run: Run, specs: Sequence[RuleSpec]) -> StartRecord:
    export = (DEMO_ROOT if run.is_demo else run.sources.edc_dir).resolve()
    return StartRecord(
        mode=run.blinding.mode.value,
        export=os.path.relpath(export, run.results.resolve()),
        code=run.code["all"],
        files={relative_name(run.results, path): sha256 for path, sha256 in run.given.items()},
        specs={spec.rule: spec.digest for spec in specs},
    )


def _refuse_other(results: Path, start: StartRecord) -> None:
    mode, export = _read_origin(results) or (start.mode, start.export)
    if (mode, export) == (start.mode, start.export):
        return
    other = os.path.normpath(results.resolve() / export)
    raise ConfigError(
        f"results = {results}: the folder holds results of another mode or another export "
        f"(mode {mode}, export {other}). Give another folder "
        "with --config results=DIR, or remove this one"
    )


def _read_origin(results: Path) -> tuple[str, str] | None:
    """Mode and export of the results in a folder, also as earlier versions wrote them."""
    if (start := read_start(results)) is not None:
        return start.mode, start.export
    try:
        origin = json.loads((results / ORIGIN).read_text(encoding="utf-8"))
        return str(origin["mode"]), str(origin["export"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _has_ended(results: Path, specs: Sequence[RuleSpec], records: Mapping[str, JobRecord]) -> bool:
    """Whether the run that made the report came to its end, with the settings of this one."""
    reporting = [spec for spec in specs if REPORT in _names(results, spec.outputs)]
    return (results / MANIFEST).exists() and all(
        spec.rule in records and records[spec.rule].spec == spec.digest for spec in reporting
    )


def _is_made(spec: RuleSpec, record: JobRecord, inputs: Mapping[str, str]) -> bool:
    """Whether what a record speaks of was made by this specification, from these inputs."""
    return record.spec is None or (record.spec == spec.digest and record.inputs == inputs)


def _names(results: Path, paths: Sequence[Path]) -> list[str]:
    return [relative_name(results, path) for path in paths]
