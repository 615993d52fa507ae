"""Receipts: what each job left and of what it made it, so that nothing else is built upon."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from analysis.errors import DataError, join_findings
from analysis.io.files import write_text
from analysis.run.hashes import hash_file
from analysis.run.records.rule_specs import Order

RECEIPTS = Path("logs") / "receipts"

Hashes = Mapping[str, str]
"""sha256 of files, by their path as seen from the results, so that all may move together."""


@dataclass(frozen=True)
class Receipt:
    """What a job left behind.

    ``order``: the digest of its order; None for files that no job of the run made, which are known
    by their content alone.
    """

    order: str | None = None
    inputs: Hashes = field(default_factory=dict)
    outputs: Hashes = field(default_factory=dict)


def hash_paths(results: Path, paths: Iterable[str | Path]) -> dict[str, str]:
    """Return the hash of every file; one that is not there has an empty one."""
    return {
        _name(results, path): hash_file(path) if path.is_file() else "" for path in map(Path, paths)
    }


def write_receipt(results: Path, rule: str, receipt: Receipt) -> None:
    """Note what a job left behind."""
    text = json.dumps(asdict(receipt), indent=1) + "\n"
    write_text(results / RECEIPTS / f"{rule}.json", text)


def note_files(results: Path, name: str, files: Iterable[str | Path]) -> None:
    """Note files that no job of the run makes, as they lie there."""
    write_receipt(results, name, Receipt(outputs=hash_paths(results, files)))


def read_receipts(results: Path) -> dict[str, Receipt]:
    """Return the receipts of the jobs that came to their end, by rule.

    One that cannot be read counts as none: its outputs are made again.
    """
    found = ((file, _read(file)) for file in sorted((results / RECEIPTS).glob("*.json")))
    return {file.stem: receipt for file, receipt in found if receipt is not None}


def find_foreign(results: Path, orders: Sequence[Order]) -> list[Path]:
    """Return the outputs that are there, but not as this run's jobs would leave them.

    Those edited, half made or unknown; those made by another order or from other inputs; and all
    that was made from them. ``orders``: in the order of the workflow. An output outside of the
    results that no receipt here names is another run's, and is left alone: the demonstration trial
    serves several folders of results.
    """
    receipts = read_receipts(results)
    present = hash_paths(
        results, {path for each in orders for path in (*each.inputs, *each.outputs)}
    )
    foreign: dict[str, Path] = {}
    for order in orders:
        receipt = receipts.get(order.rule, Receipt(order=""))
        inputs = [_name(results, path) for path in order.inputs]
        is_made = _is_made(order, receipt, {name: present[name] for name in inputs})
        is_current = is_made and not any(name in foreign for name in inputs)
        for path in order.outputs:
            name = _name(results, path)
            is_ours = name in receipt.outputs or not name.startswith("../")
            is_same = present[name] == receipt.outputs.get(name)
            if present[name] and is_ours and not (is_current and is_same):
                foreign[name] = path
    return list(foreign.values())


def find_leftover(results: Path, orders: Sequence[Order]) -> list[Path]:
    """Return what jobs once left in the results, as they left it, and no rule makes any more.

    Figures of a preset or a format that is no longer asked for would look as if they were of this
    run. A file that a job did not make, or that was edited since, is the user's own.
    """
    wanted = {_name(results, path) for each in orders for path in each.outputs}
    left = {
        name: content
        for receipt in read_receipts(results).values()
        for name, content in receipt.outputs.items()
        if receipt.order is not None and name not in wanted and not name.startswith("../")
    }
    present = hash_paths(results, [results / name for name in left])
    return [results / name for name, content in left.items() if content == present[name]]


def require_own(results: Path, inputs: Iterable[str | Path]) -> None:
    """Raise DataError if an input has been changed since a job left it, or since the run began."""
    known = {
        name: content
        for receipt in read_receipts(results).values()
        for name, content in receipt.outputs.items()
    }
    paths = {_name(results, path): str(path) for path in inputs}
    present = hash_paths(results, paths.values())
    changed = [paths[name] for name in paths if known.get(name, present[name]) != present[name]]
    if changed:
        raise DataError(
            join_findings(
                "Files were changed while the run was going on. Start it again: all that depends "
                "on them is made anew.",
                changed,
            )
        )


def _is_made(order: Order, receipt: Receipt, inputs: Hashes) -> bool:
    """Whether what a receipt speaks of was made by this order, from these inputs."""
    return receipt.order is None or (receipt.order == order.digest and receipt.inputs == inputs)


def _read(file: Path) -> Receipt | None:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return Receipt(content["order"], dict(content["inputs"]), dict(content["outputs"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _name(results: Path, path: str | Path) -> str:
    return Path(os.path.relpath(path, results)).as_posix()
