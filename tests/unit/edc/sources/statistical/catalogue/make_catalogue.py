"""Writes sex.sas7bdat, formats.sas7bcat and formats_gbk.sas7bcat in the folder of this script.

pyreadstat reads both kinds but writes neither: this calls the C library inside it (ReadStat).

pyreadstat 1.3.7, Linux:

    python -m tests.unit.edc.sources.statistical.catalogue.make_catalogue
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pyreadstat

HERE = Path(__file__).parent
STRING, DOUBLE = 0, 5
"""Types of ReadStat."""
ROWS = [(1.0, "C"), (2.0, "A"), ("A", ""), ("_", "C"), (None, "C")]
"""Sex, or the letter of a missing one, and source."""
WRITE_BYTES = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p)
ENCODING_AT, UTF_8, EUC_CN = 70, 20, 125
"""The byte in the header that says the encoding; the last of the labels of SEXF is GBK alone."""


class Writer:
    """A file in memory that ReadStat writes."""

    def __init__(self) -> None:
        folder = Path(pyreadstat.__file__).parent
        self.library = ctypes.CDLL(str(folder / f"_readstat_writer{EXTENSION_SUFFIXES[0]}"))
        self.content = bytearray()
        self.take = WRITE_BYTES(self._take)
        self.library.readstat_writer_init.restype = ctypes.c_void_p
        self.handle = ctypes.c_void_p(self.library.readstat_writer_init())
        self.call("set_data_writer", self.take)

    def _take(self, data: int, length: int, _context: object) -> int:
        self.content += ctypes.string_at(data, length)
        return length

    def call(self, name: str, *values: object) -> None:
        if getattr(self.library, f"readstat_{name}")(self.handle, *values):
            raise RuntimeError(name)

    def add(self, name: str, *values: object) -> ctypes.c_void_p:
        function = getattr(self.library, f"readstat_{name}")
        function.restype = ctypes.c_void_p
        return ctypes.c_void_p(function(self.handle, *values))

    def set(self, name: str, *values: object) -> None:
        function = getattr(self.library, f"readstat_{name}")
        function.restype = None
        function(*values)


def write_table() -> bytes:
    """Return a data set of sex and source, each with a format of the catalogue."""
    out = Writer()
    sex = out.add("add_variable", b"SEX", DOUBLE, ctypes.c_size_t(0))
    out.set("variable_set_format", sex, b"SEXF8.")
    source = out.add("add_variable", b"SRC", STRING, ctypes.c_size_t(4))
    out.set("variable_set_format", source, b"$SRC4.")
    out.call("begin_writing_sas7bdat", None, ctypes.c_long(len(ROWS)))
    for value, text in ROWS:
        out.call("begin_row")
        if value is None:
            out.call("insert_missing_value", sex)
        elif isinstance(value, str):
            out.call("insert_tagged_missing_value", sex, ctypes.c_char(value.encode()))
        else:
            out.call("insert_double_value", sex, ctypes.c_double(value))
        out.call("insert_string_value", source, text.encode())
        out.call("end_row")
    out.call("end_writing")
    return bytes(out.content)


def write_catalogue(label: Callable[[str], bytes]) -> bytes:
    """Return a catalogue of two formats: SEXF of numbers and a letter, $SRC of texts."""
    out = Writer()
    sex = out.add("add_label_set", DOUBLE, b"SEXF")
    for value, word in ((1.0, "男"), (2.0, "女"), (0.0, "囧")):
        out.set("label_double_value", sex, ctypes.c_double(value), label(word))
    source = out.add("add_label_set", STRING, b"$SRC")
    out.set("label_string_value", source, b"C", label("中心"))
    out.set("label_string_value", source, b"A", label("现场"))
    out.call("begin_writing_sas7bcat", None)
    out.call("end_writing")
    return bytes(out.content)


def mark_letter(catalogue: bytes) -> bytes:
    """Return the catalogue with the letter A in place of the value 0, which ReadStat cannot write.

    A value is stored as the eight bytes of its negative, a letter as itself between zeros and ones.
    """
    one, zero = bytes.fromhex("bff0000000000000"), bytes.fromhex("8000000000000000")
    at = catalogue.index(zero, catalogue.index(one))
    return catalogue[:at] + b"\0\0A" + b"\xff" * 5 + catalogue[at + 8 :]


def main() -> None:
    """Write the three files."""
    (HERE / "sex.sas7bdat").write_bytes(write_table())
    catalogue = mark_letter(write_catalogue(lambda word: word.encode()))
    (HERE / "formats.sas7bcat").write_bytes(catalogue)
    gbk = bytearray(mark_letter(write_catalogue(lambda word: word.encode("gbk"))))
    if gbk[ENCODING_AT] != UTF_8:
        raise RuntimeError("the encoding stands elsewhere")
    gbk[ENCODING_AT] = EUC_CN
    (HERE / "formats_gbk.sas7bcat").write_bytes(bytes(gbk))


if __name__ == "__main__":
    main()
