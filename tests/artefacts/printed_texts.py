"""What a run prints: the tables as grids, and every text outside them with where it stands."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

DIGIT = re.compile(r"\d")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
FOOTNOTE, CONTINUED = "Footnote", " (continued)"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RTF = re.compile(r"\\u(-?\d+)\?|\\([\\{}])|\\([a-z]+)(?:-?\d+)? ?|([{}\n])|(.)")
_RTF_WORDS = {"cell": "\x07", "row": "\n", "par": "\n", "line": " ", "tab": "\t"}


@dataclass(frozen=True)
class Text:
    """One text and where it stands: a sentence, a heading, an alternative text, a footnote."""

    where: str
    text: str


@dataclass(frozen=True)
class Line:
    """One row of a table, with the headings that it stands under."""

    section: str
    group: str
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """One table: the heads of its columns (of the labels first), rows and footnotes."""

    id: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    footnotes: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """Every text of heads and rows as it is read; headings once where they stand."""
        found, above = list(self.heads), ("", "")
        for line in self.lines:
            found += [
                name for name, old in ((line.section, above[0]), (line.group, above[1]))
                if name and (name != old or line.section != above[0])
            ]  # fmt: skip
            above = (line.section, line.group)
            found += [line.label, *line.cells]
        return [text for text in found if text]


def read_csv_grid(path: Path) -> Grid:
    """The table of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        heads, *rows = list(csv.reader(file))
    inner = [(row[0], row[1], row[2], tuple(row[3:-2])) for row in rows]
    return Grid(
        path.stem,
        tuple(heads[2:-2]),
        tuple(Line(*row) for row in inner if row[0] != FOOTNOTE),
        tuple(row[2] for row in inner if row[0] == FOOTNOTE),
    )


class _Page(HTMLParser):
    """Collects the texts of tables by their id, and all others."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: dict[str, list[str]] = {}
        self.others: list[str] = []
        self.attributes: list[str] = []
        self.names: dict[str, list[str]] = {}
        self._table = ""
        self._pieces: list[str] = []
        self._muted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        held = [value for name, value in attrs if value and name in ("alt", "aria-label", "title")]
        (self.names.setdefault(self._table, []) if self._table else self.attributes).extend(held)
        if tag not in ("span", "strong", "code", "a", "tspan"):
            self._end_piece()
        if tag in ("style", "script"):
            self._muted += 1
        if tag == "table":
            self._table = named.get("id") or "?"
            self.tables[self._table] = []

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("span", "strong", "code", "a", "tspan"):
            self._end_piece()
        if tag in ("style", "script"):
            self._muted -= 1
        if tag == "table":
            self._table = ""

    def handle_data(self, data: str) -> None:
        if not self._muted:
            self._pieces.append(data)

    def _end_piece(self) -> None:
        text = " ".join("".join(self._pieces).split())
        self._pieces = []
        if text:
            (self.tables[self._table] if self._table else self.others).append(text)


def read_page(html: str) -> tuple[dict[str, list[str]], list[str]]:
    """The texts of every table of a page by its id, and all texts outside tables."""
    page = _Page()
    page.feed(html)
    return page.tables, [*page.others, *page.attributes]


def find_strange_names(html: str) -> list[str]:
    """What a table reads out beside its texts and is not made of them, in their words alone."""
    page = _Page()
    page.feed(html)
    return [
        name
        for table, names in page.names.items()
        for name in names
        if _without(name, page.tables[table]).strip(": ")
    ]


def _without(name: str, texts: list[str]) -> str:
    left = f": {name}: "
    for text in sorted(texts, key=len, reverse=True):
        left = left.replace(f": {text}: ", ": ")
    return left


def read_svg(path: Path) -> list[str]:
    """Title, description and every text of a figure."""
    texts = re.findall(
        r"<(?:title|desc|text)\b[^>]*>(.*?)</(?:title|desc|text)>",
        path.read_text(encoding="utf-8"), re.DOTALL,
    )  # fmt: skip
    return [unescape(re.sub(r"<[^>]+>", " ", text)).strip() for text in texts]


def read_document(path: Path) -> tuple[list[list[str]], list[str]]:
    """The texts of every table of a Word document in order, and all other texts.

    Figures' titles and alternative texts, headers and footers are among the others.
    """
    tables: list[list[str]] = []
    others: list[str] = []
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
                root = ElementTree.parse(io.BytesIO(archive.read(name))).getroot()
                _walk(root, tables, others)
    return tables, others


def _walk(element: ElementTree.Element, tables: list[list[str]], others: list[str]) -> None:
    for child in element:
        if child.tag == f"{WORD}tbl":
            tables.append([text for text in map(_spell, child.iter(f"{WORD}p")) if text])
        elif child.tag == f"{WORD}p":
            others += [text for text in (_spell(child), *_alternatives(child)) if text]
        else:
            _walk(child, tables, others)


def _spell(paragraph: ElementTree.Element) -> str:
    texts = (
        " " if part.tag == f"{WORD}br" else part.text or ""
        for part in paragraph.iter()
        if part.tag in (f"{WORD}t", f"{WORD}br")
    )
    return " ".join("".join(texts).split())


def _alternatives(paragraph: ElementTree.Element) -> Iterator[str]:
    for part in paragraph.iter():
        if part.tag.endswith("}docPr"):
            yield part.get("title", "")
            yield part.get("descr", "")


def decode_rtf(source: str) -> str:
    """The text of RTF; cells end with a bell."""
    units = bytearray()
    for number, escaped, word, skipped, plain in _RTF.findall(source):
        if number:
            units += (int(number) % 65536).to_bytes(2, "little")
        elif not skipped:
            units += (escaped or plain or _RTF_WORDS.get(word, "")).encode("utf-16-le")
    return units.decode("utf-16-le")


def read_rtf_table(path: Path) -> tuple[list[str], str]:
    """The texts of the table of an RTF file, its heads once, and all its text in one piece."""
    source = path.read_text(encoding="ascii")
    rows = re.findall(r"\\trowd.*?\\row\b", source, re.DOTALL)
    once = [row for place, row in enumerate(rows) if place == 0 or r"\trhdr" not in row]
    cells = [cell for row in once for cell in decode_rtf(row).rstrip("\n").split("\x07")]
    words = [" ".join(cell.split()) for cell in cells]
    kept = [word for word in words if word and not _is_continued(word, words)]
    return kept, " ".join(decode_rtf(source).split())


def _is_continued(word: str, words: list[str]) -> bool:
    """Whether a heading stands again on a further page."""
    return word.endswith(CONTINUED) and word.removesuffix(CONTINUED) in words
