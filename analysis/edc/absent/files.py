"""Sources that the mapping declares (``sources``) and the export lacks: the file, or its part."""

from collections.abc import Collection, Iterable
from pathlib import Path

from analysis.config import Mapping
from analysis.config.mapping import SourceMapping
from analysis.edc.absent.columns import NEAREST, find_nearest
from analysis.edc.sources.source import Source


def find_absent_files(mapping: Mapping, there: Iterable[Source]) -> dict[str, str]:
    """Return, by the name that the mapping gives it, a finding for each source that is not there.

    ``there``: the sources of the folder. What may lie in a file that cannot be opened is no
    finding: that file is one.
    """
    sources = list(there)
    parts: dict[str, list[str]] = {}
    for source in sources:
        parts.setdefault(source.file.name, []).append(source.part)
    unopened = {source.file.name for source in sources if source.problem}
    findings: dict[str, str] = {}
    for name, spec in mapping.sources.items():
        if spec.file.partition("/")[0] in unopened or spec.file in unopened:
            continue
        if spec.file not in parts:
            folder = sources[0].path.parent if sources else None
            is_passed_over = folder is not None and (folder / spec.file).is_file()
            findings[name] = _describe_file(name, spec, parts, mapping.format, is_passed_over)
        elif spec.part is not None and spec.part not in parts[spec.file]:
            findings[name] = _describe_part(name, spec, parts[spec.file])
    return findings


def name_resembling(file: str, candidates: Collection[str]) -> list[str]:
    """Return the files that may be meant by one that is absent: first those of its name.

    Endings do not count, nor capitals.

    >>> name_resembling("vs.xpt", ["dm.json", "vs.json", "VS_2.XPT"])
    ['vs.json', 'VS_2.XPT']
    """
    by_stem: dict[str, list[str]] = {}
    for each in sorted(candidates):
        by_stem.setdefault(Path(each).stem.casefold(), []).append(each)
    stem = Path(file).stem.casefold()
    same, others = by_stem.pop(stem, []), find_nearest(stem, list(by_stem))
    return [*same, *(each for other in others for each in by_stem[other])][:NEAREST]


def _describe_file(
    name: str, spec: SourceMapping, there: Collection[str], form: str, is_passed_over: bool
) -> str:
    where = f"source {name}: the export holds no file {spec.file} (sources.{name}.file)"
    if is_passed_over:
        kind = Path(spec.file).suffix or "without an ending"
        why = f"files of its kind ({kind}) are not read. Export it as one that is"
        if form != "auto":
            why = f"format: {form} passes it over. Set format: auto"
        return f"{where} that is read: it lies there, and {why}, or take sources.{name} out"
    near = name_resembling(spec.file, there)
    alike = f". Files that resemble it: {', '.join(near)}" if near else ", nor one like it"
    meant = near[0] if near else "FILE"
    return (
        f"{where}{alike}. Name the file that is meant (`sources: {{{name}: {{file: {meant}}}}}`), "
        f"export {spec.file}, or take sources.{name} out of the mapping"
    )


def _describe_part(name: str, spec: SourceMapping, there: Collection[str]) -> str:
    parts = [part for part in there if part]
    where = f"source {name}: {spec.file} holds no part {spec.part} (sources.{name}.part)"
    if not parts:
        return f"{where}: the file is one table. Take the key out"
    near = find_nearest(str(spec.part), parts) or sorted(parts)[:NEAREST]
    listed = ", ".join(near) + (f" (of {len(parts)} parts)" if len(parts) > len(near) else "")
    return (
        f"{where}. Name one that is there: {listed}; or export it, or take sources.{name} out of "
        "the mapping"
    )
