"""The record that lies beside the demonstration trial, which serves several folders of results."""

from collections.abc import Sequence
from pathlib import Path

from analysis.io.files import write_text
from analysis.run.hashes import hash_file
from analysis.run.job_records.record import JobRecord, hash_paths, relative_name
from analysis.run.settings.input_files import SIMULATED, SIMULATED_TEXT

RECORD_FILE = "record.json"
LEDGER = "ledger.csv"


def write_demo_record(files: Sequence[Path]) -> None:
    """Write down what was made of the demonstration trial. ``files``: all of them, ledger last."""
    root = files[-1].parent
    record = JobRecord(spec=None, inputs={}, outputs=hash_paths(root, files))
    write_text(root / RECORD_FILE, record.model_dump_json(indent=1) + "\n")


def find_demo_root(file: Path) -> Path:
    """Return the folder of the demonstration trial that one of its files belongs to."""
    return file.parent if file.name == LEDGER else file.parent.parent


def find_edited_demo(files: Sequence[Path]) -> list[Path]:
    """Return the files of a demonstration trial that are not as its job left them.

    None if no record says how that was, as beside a trial of an earlier version.
    """
    records = {root: _read_outputs(root) for root in map(find_demo_root, files)}
    return [
        file
        for file in files
        for left in [records[find_demo_root(file)].get(relative_name(find_demo_root(file), file))]
        if left and file.is_file() and hash_file(file) != left
    ]


def is_of_demo(file: Path) -> bool:
    """Whether a file lies in a demonstration trial: one with a record, or marked as simulated."""
    root = find_demo_root(file)
    if outputs := _read_outputs(root):
        return relative_name(root, file) in outputs
    mark = root / "edc" / SIMULATED
    return mark.is_file() and mark.read_bytes() == SIMULATED_TEXT.encode()


def _read_outputs(root: Path) -> dict[str, str]:
    try:
        return JobRecord.model_validate_json((root / RECORD_FILE).read_bytes()).outputs
    except (OSError, ValueError):
        return {}
