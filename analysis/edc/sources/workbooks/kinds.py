"""What a file is by its bytes, whatever its ending says, and whether it may be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from analysis.edc.sources.files.source_file import SourceFile
from analysis.edc.sources.workbooks.packages import MOST_BYTES, Package, damaged
from analysis.edc.sources.workbooks.scan.biff import locked
from analysis.edc.sources.workbooks.scan.compound import SIGNATURE, CompoundFile
from analysis.edc.sources.workbooks.scan.ooxml import require_true_counts
from analysis.edc.sources.workbooks.scan.opendocument import is_locked
from analysis.errors import DataError

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
NAMES = {
    ".xlsx": "an Excel workbook (.xlsx)",
    ".xlsm": "an Excel workbook (.xlsx)",
    ".xls": "an old Excel workbook (.xls)",
    ".xlsb": "a binary Excel workbook (.xlsb)",
    ".ods": "an OpenDocument workbook (.ods)",
}
_AGAIN = "Export the table as CSV or .xlsx"
_MARKUP = re.compile(rb"<(!doctype\s+html|html|head|meta|body|table|style|div)\b", re.IGNORECASE)
_OTHERS = (
    (b"%PDF", "a PDF document"), (b"\x1f\x8b", "a gzip archive"), (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"), (b"MIME-Version:", "a web page with its parts (MHTML)"),
    (b"ID;P", "a SYLK file"), (b"\x89PNG", "a picture"), (b"{\\rtf", "an RTF document"),
)  # fmt: skip


@dataclass(frozen=True)
class Workbook:
    """A file that is a workbook: its name, its kind by its bytes, and its parts if it is a zip."""

    file_name: str
    kind: str
    content: bytes
    package: Package | None = None


def open_workbook(file: SourceFile) -> Workbook:
    """Return the workbook in a file.

    Raises DataError if it is empty, cut off, locked, too large, no file, or is another kind of
    file than its ending says.
    """
    book = _find_kind(file.name, _read_content(file))
    if NAMES.get(file.suffix) != NAMES[book.kind]:
        renamed = Path(file.name).with_suffix(book.kind).name
        raise DataError(
            f"{file.name}: the file is {NAMES[book.kind]}, and its ending says otherwise. Rename "
            f"it to {renamed}"
        )
    return book


def _read_content(file: SourceFile) -> bytes:
    try:
        if file.path is not None and not file.path.is_file():
            raise DataError(f"{file.name}: this is no file (a folder, or none). Put the file here")
        size = file.path.stat().st_size if file.path else len(file.content)
        content = file.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        reason = error.strerror or "an error of the disk"
        raise DataError(f"{file.name}: cannot be opened ({reason}). Put a copy here") from None
    if size > MOST_BYTES:
        raise DataError(
            f"{file.name}: the file has {size:,} bytes, and at most {MOST_BYTES:,} are read of a "
            "workbook. Export its tables as CSV"
        )
    if not content:
        raise DataError(f"{file.name}: the file is empty (0 bytes). Export it again")
    return content


def _find_kind(file_name: str, content: bytes) -> Workbook:
    if content.startswith(SIGNATURE):
        return _find_compound(file_name, content)
    if content.startswith(b"PK"):
        return _find_package(file_name, content)
    raise DataError(f"{file_name}: {_describe(Path(file_name), content)}")


def _find_compound(file_name: str, content: bytes) -> Workbook:
    try:
        names = CompoundFile(content).names
    except ValueError:
        raise damaged(file_name) from None
    if "EncryptedPackage" in names:
        raise DataError(locked(file_name))
    if not {"Workbook", "Book"} & names:
        raise DataError(
            f"{file_name}: the file holds no workbook (perhaps a document of Word). {_AGAIN}"
        )
    return Workbook(file_name, ".xls", content)


def _find_package(file_name: str, content: bytes) -> Workbook:
    package = Package(file_name, content)
    if package.holds("content.xml") and package.holds("mimetype"):
        if b"spreadsheet" in package.read("mimetype"):
            if is_locked(package):
                raise DataError(locked(file_name))
            return Workbook(file_name, ".ods", content, package)
    elif part := package.find_workbook():
        if part.endswith(".bin"):
            return Workbook(file_name, ".xlsb", content, package)
        # documents of Word and PowerPoint are packages too
        if package.holds(part) and package.read_root(part)[0] == "workbook":
            require_true_counts(package)
            return Workbook(file_name, ".xlsx", content, package)
    raise DataError(f"{file_name}: the file is a zip archive that holds no workbook. {_AGAIN}")


def _describe(path: Path, content: bytes) -> str:
    """What a file is that is no workbook, and what to do."""
    begin = content[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    for sign, name in _OTHERS:
        if begin.startswith(sign):
            return f"the file is {name}, not a workbook. {_AGAIN}"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in begin:
        return (
            "the file is an XML spreadsheet of Excel 2003, which is not read. Open it in Excel and "
            "save it as .xlsx, or export it as CSV"
        )
    if begin.startswith(b"<") and _MARKUP.search(begin):
        return (
            "the file is a web page (HTML) with the ending of a workbook, as some systems export "
            "to Excel. Export it as CSV or a true .xlsx"
        )
    if _is_text(content[:4096]):
        return (
            f"the file is plain text, not a workbook. If it is a CSV file, rename it to "
            f"{path.with_suffix('.csv').name}; otherwise export the table again"
        )
    return f"the file is no workbook, or its beginning is damaged. {_AGAIN}"


def _is_text(begin: bytes) -> bool:
    """Whether no byte is a control character, zeros of UTF-16 aside."""
    wide = begin.startswith((b"\xff\xfe", b"\xfe\xff"))
    letters = begin.replace(b"\0", b"") if wide else begin
    return not any(byte < 32 and byte not in b"\t\r\n\f" for byte in letters)
