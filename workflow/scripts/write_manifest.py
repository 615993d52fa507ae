"""List every output with its hash, and what the results were made from."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.io.files import write_text
from analysis.run.job import job
from analysis.run.manifest import build_manifest, build_provenance

if TYPE_CHECKING:
    from snakemake.script import snakemake


def write_manifest(
    outputs: Sequence[str],
    export: Sequence[str],
    lists: Sequence[str],
    description: Mapping[str, Any],
    manifest: str,
) -> None:
    inputs = {*export, *lists}
    provenance = build_provenance(dict(description), map(Path, export), map(Path, lists))
    made = [Path(path) for path in outputs if path not in inputs]
    write_text(Path(manifest), build_manifest(provenance, Path(manifest).parent, made))


with job(snakemake, "Writing the manifest"):
    write_manifest(
        snakemake.input,
        snakemake.input.export,
        snakemake.input.lists,
        snakemake.params.description,
        snakemake.output[0],
    )
