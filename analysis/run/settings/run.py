"""What one run analyses and where its results go, by its files and the command line."""

import json
from collections.abc import Mapping as MappingABC
from collections.abc import Sequence
from dataclasses import dataclass
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
from analysis.run.lock.amendments import AMENDMENTS_FILE, dump_amendment
from analysis.run.lock.values import hash_mapping, hash_plan
from analysis.run.settings.beginning import load_beginning
from analysis.run.settings.command_line import FOLDERS, CommandLine, read_command_line
from analysis.run.settings.figure_presets import Settings, prepare_presets
from analysis.run.settings.input_files import Sources, find_sources
from analysis.run.settings.lock_of_run import Locking, find_locking, lock_arguments
from analysis.run.settings.mode import Blinding, Mode, find_blinding
from analysis.run.settings.params import escape_braces
from analysis.run.settings.path_names import require_usable_names
from analysis.run.settings.unblinding import RECORD_FILE

PLAN_FILE = Path("config/trial.yaml")
RESULTS_ROOT = Path("results")


@dataclass(frozen=True)
class Run:
    """One run. Paths are as the user gave them; hashes are sha256 in hexadecimal.

    ``sources``: the files it reads. ``blinding``: what it may know of the allocation. ``locking``:
    how it stands to the lock of its data set. ``inputs``: a hash of all sources; of the generator's
    settings for the demonstration trial. ``code``: by kind of rule, and of everything as "all".
    ``presets``: what figures are drawn with beside the house's own. ``given``: the hashes of plan,
    export and lists; the demonstration trial is made by a job.
    """

    command_line: CommandLine
    plan_file: Path
    plan: Plan
    mapping: Mapping
    sources: Sources
    blinding: Blinding
    locking: Locking
    results: Path
    inputs: str
    code: dict[str, str]
    presets: Settings
    given: dict[Path, str]

    @property
    def allocation(self) -> Allocation:
        """Whose allocation the outputs hold."""
        return self.blinding.allocation

    @property
    def is_demo(self) -> bool:
        """Whether the run analyses the demonstration trial."""
        return self.sources.is_demo

    @property
    def logs(self) -> Path:
        """Folder of the logs."""
        return self.results / "logs"

    @property
    def plan_hash(self) -> str:
        """Hash of the plan: of its content, not of its comments or its layout."""
        return hash_plan(self.plan)

    @property
    def mapping_param(self) -> str:
        """The mapping as JSON, for the parameters of a rule."""
        return escape_braces(self.mapping.model_dump_json())

    @property
    def mapping_hash(self) -> str:
        """Hash of how the export is read: the mapping without folders and mode."""
        return hash_mapping(self.mapping)

    @property
    def config_files(self) -> dict[str, Path]:
        """The configuration files that the run read, by what they are."""
        line, files = self.command_line, {"plan": self.plan_file, "mapping": self.command_line.edc}
        if self.locking.file is not None:
            files["lock"] = self.locking.file
            files["amendments"] = line.amendments or AMENDMENTS_FILE
        if self.blinding.record is not None:
            files["unblinding record"] = line.unblinding_record or RECORD_FILE
        return {name: path for name, path in files.items() if path.is_file()}

    @property
    def lock_arguments(self) -> dict[str, str]:
        """What a job needs to check or to write a lock."""
        arguments = lock_arguments(self.command_line, self.locking, self.sources, self.mapping)
        return {**arguments, "plan_file": str(self.plan_file)}

    def describe(self, kind: str) -> dict[str, str]:
        """What the results of one kind of rule were made from: no path, host or time."""
        return {
            "registry_id": self.plan.trial.registry_id,
            "mode": self.blinding.mode.value,
            "allocation": self.allocation.value,
            "plan": self.plan_hash,
            "mapping": self.mapping_hash,
            "inputs": self.inputs,
            "code": self.code[kind],
        }

    @property
    def fingerprint(self) -> str:
        """One hash over all that the results depend on."""
        record, lock = self.blinding.record, self.locking.lock
        parts = [
            self.blinding.mode,
            self.allocation,
            self.plan_hash,
            self.mapping_hash,
            self.inputs,
            self.code["all"],
            record.model_dump_json() if record else "",
            lock.seal if lock else "",
            json.dumps([dump_amendment(each) for each in self.locking.amendments]),
        ]
        return hash_bytes("\n".join(parts).encode())


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
