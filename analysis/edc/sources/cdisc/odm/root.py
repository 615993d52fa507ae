"""The root element of an ODM file: which format, which version, and whether it is a snapshot."""

import re
from typing import Any

from analysis.edc.sources.cdisc.odm.xml_events import ODM, split_name
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import DataError

_OTHER_ODM = re.compile(r"http://www\.cdisc\.org/ns/odm/v([0-9.]+)")
_VERSION = re.compile(r"1\.3(\.[0-2])?")
_SHOWN = 60
"""Characters of a name that a message shows: what is no ODM may bear any."""
_REMEDY = "Export a snapshot of the data with their metadata as ODM-XML 1.3.2"


def require_snapshot(file: SourceFile, root: Any) -> None:
    """Raise DataError, saying what the file is, unless it is a snapshot in ODM 1.3."""
    if root.tag != f"{ODM}ODM":
        raise DataError(f"{file.name}: {_describe(root)}. {_REMEDY}")
    version = root.get("ODMVersion", "").strip()
    if version and not _VERSION.fullmatch(version):
        raise DataError(
            f'{file.name}: ODMVersion is "{version[:_SHOWN]}", and 1.3.0 to 1.3.2 are read. '
            f"{_REMEDY}"
        )
    kind = root.get("FileType", "").strip()
    if kind == "Transactional":
        raise DataError(
            f"{file.name}: the file holds transactions (FileType Transactional), a history of "
            "changes and not the data as they are now. Export a snapshot (FileType Snapshot)"
        )
    if kind != "Snapshot":
        raise DataError(
            f'{file.name}: FileType is "{kind[:_SHOWN]}", so it is not said whether the file holds '
            "data or changes. Export a snapshot (FileType Snapshot)"
        )


def _describe(root: Any) -> str:
    namespace, local = (part[:_SHOWN] for part in split_name(root.tag))
    other = _OTHER_ODM.fullmatch(namespace)
    if local == "ODM" and other:
        return f"the file is ODM {other[1]}, which has another structure than ODM 1.3"
    if local == "ODM":
        said = f"the namespace {namespace}" if namespace else "no namespace"
        return f"the root element ODM has {said}, not that of ODM 1.3"
    if local.lower() == "html":
        return "the file is a web page, perhaps that of a login, and not ODM-XML"
    return f"the root element is {local}, so the file is XML of another kind than ODM"
