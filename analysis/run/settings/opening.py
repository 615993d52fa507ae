"""Opening a run: what the configuration files and the command line ask for, held to be usable."""

import json
from collections.abc import Mapping as MappingABC
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.config import Mapping, Plan, load_mapping, load_plan
from analysis.edc.layout import load_layout
from analysis.edc.reading.check_mapping import check_mapping
from analysis.errors import AnalysisError, ConfigError
from analysis.io.result import Allocation
from analysis.run.folders.place import require_apart, require_outside, require_place
from analysis.run.hashes import hash_bytes, hash_code, hash_file, hash_files
from analysis.run.invocation import LOCK, MAP, READING
from analysis.run.settings.beginning import load_beginning
from analysis.run.settings.command_line import FOLDERS, CommandLine, read_command_line
from analysis.run.settings.figure_presets import prepare_presets
from analysis.run.settings.input_files import find_sources
from analysis.run.settings.lock_of_run import Locking, find_locking
from analysis.run.settings.mode import Blinding, Mode, find_blinding
from analysis.run.settings.path_names import require_usable_names
from analysis.run.settings.run import Run
from analysis.run.settings.unblinding import RECORD_FILE

PLAN_FILE = Path("config/trial.yaml")
RESULTS_ROOT = Path("results")


def open_run(values: MappingABC[str, Any], plan_files: Sequence[Path], *, command: str = "") -> Run:
    """Return the run that the configuration files and the command line ask for.

    ``values``: those of ``--config``. ``plan_files``: the files of ``--configfile``; the shipped
    plan if there is none. ``command``: that which the run is for, if it builds no results; one that
    reads the export alone is held against no lock, and to map an export no mapping of it is
    needed. Raises ConfigError or DataError for anything that is wrong, or that is not as locked.
    """
    if len(plan_files) > 1:
        raise ConfigError("--configfile: give one plan; a plan is whole and not merged with others")
    plan_file = _relative(Path(plan_files[0])) if plan_files else PLAN_FILE
    command_line = read_command_line(values)
    reads, locks = command in READING, command == LOCK
    _refuse_relock(command_line, locks)
    require_usable_names({**command_line.paths, "configfile": plan_file})
    mapping = _load_mapping(command_line, command)
    require_usable_names(
        {key: Path(name) for key in FOLDERS if (name := getattr(mapping, key)) is not None}
    )
    plan = load_plan(plan_file)
    sources = find_sources(mapping, plan)
    require_usable_names({}, sources.export)
    locking = Locking() if reads else find_locking(command_line, sources, plan, mapping)
    record_file = command_line.unblinding_record or RECORD_FILE
    if reads and not sources.is_demo:
        blinding = Blinding(Mode.BLINDED, Allocation.DUMMY)
    else:
        blinding = find_blinding(mapping, sources, plan, locking.lock, record_file)
    if blinding.mode is Mode.BLINDED:
        sources = sources.without_lists()
    results = Path(mapping.results or RESULTS_ROOT / blinding.mode)
    _require_places(results, command_line, mapping, locks=locks)
    files = () if sources.is_demo else (*sources.export, *sources.lists)
    given = {path: hash_file(path) for path in (plan_file, *files)}
    return Run(
        command_line=command_line,
        plan_file=plan_file,
        plan=plan,
        mapping=mapping,
        sources=sources,
        blinding=blinding,
        locking=locking,
        results=results,
        inputs=_hash_demo(plan) if sources.is_demo else hash_files(files, known=given),
        code=hash_code(),
        presets=prepare_presets(command_line.presets, command_line.labels, plan),
        given=given,
    )


def results_folders(values: MappingABC[str, Any]) -> list[Path]:
    """Return the folders whose earlier results a failed start must not leave looking current."""
    if isinstance(values.get("results"), str):
        return [Path(values["results"])]
    try:
        mapping = load_mapping(Path(str(values.get("edc", CommandLine.edc))))
    except AnalysisError:
        mapping = None
    if mapping is not None and mapping.results:
        return [Path(mapping.results)]
    return [RESULTS_ROOT / mode for mode in Mode]


def _load_mapping(command_line: CommandLine, command: str) -> Mapping:
    """The mapping, which fits the layout; to map an export, one that does not is left aside."""
    if command == MAP:
        return load_beginning(command_line.edc, command_line.mapping)
    mapping = load_mapping(command_line.edc, command_line.mapping)
    check_mapping(mapping, load_layout())
    return mapping


def _refuse_relock(command_line: CommandLine, locks: bool) -> None:
    """Keys of a locking mean nothing elsewhere, and a reader must not think that they did."""
    given = {"relock": command_line.relock, "lock_name": command_line.lock_name}
    if stray := [key for key, value in given.items() if value is not None and not locks]:
        raise ConfigError(f"{stray[0]}: belongs to the command that locks: snakemake lock")


def _require_places(
    results: Path, command_line: CommandLine, mapping: Mapping, *, locks: bool
) -> None:
    """Nothing is written among the inputs, and no input is read as a part of another."""
    folders = {"edc_dir": mapping.edc_dir, "unblinding_dir": mapping.unblinding_dir}
    inputs = {key: Path(folder) for key, folder in folders.items() if folder is not None}
    require_apart(inputs)
    archive = command_line.manifest.parent if command_line.manifest else results
    archives = {} if archive.resolve() == results.resolve() else {"the archive": archive}
    require_place(results, {**inputs, **archives})
    if locks and command_line.lock is not None:
        require_outside(command_line.lock, inputs)


def _hash_demo(plan: Plan) -> str:
    """The generator reads the plan, so its settings are the plan."""
    return hash_bytes(json.dumps({"demo": plan.model_dump(mode="json")}, sort_keys=True).encode())


def _relative(path: Path) -> Path:
    """The path relative to the working directory where it lies below it."""
    working = Path.cwd()
    return path.relative_to(working) if path.is_relative_to(working) else path
