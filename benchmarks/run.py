"""The benchmark's command line; README.md says what is measured.

python -m benchmarks.run [--quick] [--strict] [--parts NAME ...]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.bench import Bench, Sizes
from benchmarks.findings import Findings
from benchmarks.parts.batches import measure_batches
from benchmarks.parts.export.measure import measure_exports
from benchmarks.parts.large_trial import measure_large_fit
from benchmarks.parts.one_trial import measure_one_fit, measure_sites
from benchmarks.surroundings import Surroundings, advise, look_around
from benchmarks.table import write_agreements, write_table
from benchmarks.worker import TOP

PARTS: dict[str, Callable[[Bench], Findings]] = {
    "one": measure_one_fit,
    "large": measure_large_fit,
    "batches": measure_batches,
    "sites": measure_sites,
    "exports": measure_exports,
}
SLOW = ("large", "exports")
RESULTS = TOP / "benchmarks" / "results"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; return the exit status.

    1 if estimates differ from R's, or, with --strict, if a target is missed; otherwise 0.
    """
    options = read_options(arguments)
    parts = [name for name in options.parts if not (options.quick and name in SLOW)]
    with tempfile.TemporaryDirectory() as folder:
        around = look_around(Path(folder))
        print(describe(around), flush=True)
        bench = Bench(Path(folder), choose_sizes(options), around.rscript, around.packages)
        found = Findings()
        for name in parts:
            print(f"measuring: {name}", file=sys.stderr, flush=True)
            found = found.join(PARTS[name](bench))
    print("\n" + report(found))
    print(f"\nwritten: {write_json(RESULTS, around, bench.sizes, found).relative_to(TOP)}")
    return int(bool(found.differing or (options.strict and found.missed)))


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Speed beside R.")
    parser.add_argument(
        "--quick", action="store_true", help="without the large trial and the exports"
    )
    parser.add_argument("--strict", action="store_true", help="exit 1 if a target is missed")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--rounds", type=read_count, help="rounds of the fits to one trial")
    parser.add_argument("--large-rounds", type=read_count, help="rounds of the million rows")
    parser.add_argument("--subjects", nargs="+", type=read_count, help="subjects of the exports")
    return parser.parse_args(arguments)


def read_count(text: str) -> int:
    """Read a whole number of at least 1; ValueError otherwise."""
    if int(text) < 1:
        raise ValueError(f"{text} is below 1")
    return int(text)


def choose_sizes(options: argparse.Namespace) -> Sizes:
    """The default sizes, with the rounds that were asked for."""
    asked = {
        "rounds": options.rounds,
        "large_rounds": options.large_rounds,
        "subjects": tuple(options.subjects) if options.subjects else None,
    }
    return replace(Sizes(), **{name: value for name, value in asked.items() if value is not None})


def describe(around: Surroundings) -> str:
    """The programs, and how to get what is missing."""
    lines = [f"{around.cores} cores, {around.system}; one thread of linear algebra for either"]
    for versions in filter(None, (around.python, around.r)):
        lines += [", ".join(f"{name} {version}" for name, version in versions.items())]
    return "\n".join([*lines, advise(around)]).strip()


def report(found: Findings) -> str:
    """Both tables, and what is wrong."""
    pieces = [write_table(found.rows)]
    if found.agreements:
        pieces.append(write_agreements(found.agreements))
    if found.differing:
        pieces.append("Estimates differ: the times mean nothing.")
    if found.missed:
        pieces.append(f"Targets missed: {len(found.missed)}.")
    return "\n\n".join(pieces)


def write_json(folder: Path, around: Surroundings, sizes: Sizes, found: Findings) -> Path:
    """Write the findings with versions and sizes; return the new file."""
    now = datetime.now(UTC)
    content = {
        "date": now.date().isoformat(),
        "cores": around.cores,
        "system": around.system,
        "python": around.python,
        "r": around.r,
        "sizes": asdict(sizes),
        "rows": [{**asdict(row), "verdict": row.verdict} for row in found.rows],
        "agreements": [{**asdict(each), "holds": each.holds} for each in found.agreements],
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now:%Y%m%d-%H%M%S}.json"
    finite = json.loads(json.dumps(content), parse_constant=lambda _: None)
    path.write_text(json.dumps(finite, indent=1) + "\n", encoding="utf-8")
    return path


if __name__ == "__main__":
    sys.exit(main())
