"""Compare two folders of results that may differ in hashes of the code and in nothing else.

``python -m tests.projects.compare_runs OLD NEW`` prints what else differs; status 0 if nothing
does. For changes of the code that are to leave every number and every byte of a run as it was.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
OF_THE_CODE = ("code", "code_hash", "fingerprint")
"""Entries of a manifest that a change of the code changes."""
TABLE = re.compile(rb"<w:tbl>.*?</w:tbl>", re.DOTALL)
WIDTH = re.compile(rb'w:w="\d+"')
"""Of a column of the document, in twentieths of a point."""
BLANK = b"-"
OWN_BOOKS = ("logs", "withdrawn")
"""Folders of results that are no outputs."""


def find_differences(old: Path, new: Path) -> list[str]:
    """Return the outputs that differ by more than hashes of the code, and why, in words."""
    left, right = _list_outputs(old), _list_outputs(new)
    findings = [f"{name}: only in {old}" for name in sorted(left.keys() - right.keys())]
    findings += [f"{name}: only in {new}" for name in sorted(right.keys() - left.keys())]
    hashes = [_list_hashes(old), _list_hashes(new)]
    for name in sorted(left.keys() & right.keys() - {MANIFEST}):
        if left[name].read_bytes() == right[name].read_bytes():
            continue
        if _blank(left[name], hashes[0]) != _blank(right[name], hashes[1]):
            findings.append(f"{name}: differs")
    return findings + _compare_manifests(_read(old), _read(new))


def _list_outputs(results: Path) -> dict[str, Path]:
    files = (path for path in results.rglob("*") if path.is_file())
    named = {path.relative_to(results): path for path in files}
    return {name.as_posix(): path for name, path in named.items() if name.parts[0] not in OWN_BOOKS}


def _list_hashes(results: Path) -> set[str]:
    """Hashes of the code as the manifest and the results of the analyses hold them."""
    manifest = _read(results)
    kinds = {
        json.loads(path.read_text(encoding="utf-8"))["provenance"]["code"]
        for path in (results / "analyses").glob("*.json")
    }
    return {manifest["code_hash"], manifest["fingerprint"], *manifest["code"].values(), *kinds}


def _blank(path: Path, hashes: set[str]) -> list[bytes]:
    """The parts of a file with the hashes of the code blanked; an archive has several."""
    content = path.read_bytes()
    parts = [content]
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [name.encode() + archive.read(name) for name in archive.namelist()]
    own = re.compile("|".join(sorted(hashes)).encode())
    level = [TABLE.sub(lambda found: _level(found[0], own), part) for part in parts]
    return [own.sub(BLANK, part) for part in level]


def _level(table: bytes, hashes: re.Pattern[bytes]) -> bytes:
    """A table of the document, without its widths if it holds a hash: its letters are as wide."""
    return WIDTH.sub(b"", table) if hashes.search(table) else table


def _compare_manifests(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Entries that differ; outputs are compared by their files, so here by their names alone."""
    kept = [
        {**{key: value for key, value in each.items() if key not in OF_THE_CODE},
         "outputs": sorted(each["outputs"])}
        for each in (old, new)
    ]  # fmt: skip
    keys = sorted(kept[0].keys() | kept[1].keys())
    return [f"{MANIFEST}: {key}" for key in keys if kept[0].get(key) != kept[1].get(key)]


def _read(results: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((results / MANIFEST).read_text(encoding="utf-8"))
    return content


if __name__ == "__main__":
    found = find_differences(*map(Path, sys.argv[1:3]))
    print("\n".join(found) or "Nothing differs but hashes of the code.")
    sys.exit(bool(found))
