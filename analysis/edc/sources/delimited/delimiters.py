"""What separates the fields of a text file: as the mapping says; what the header says otherwise."""

import re

from analysis.edc.sources.delimited.header import Body
from analysis.edc.sources.files.options import ReadOptions
from analysis.edc.sources.files.source_file import SourceFile
from analysis.errors import ConfigError, DataError

SEPARATORS = {",": ",", ";": ";", "tab": "\t", "|": "|"}
"""The character by its name in the mapping."""
USUAL = {".csv": ",", ".tsv": "tab", ".tab": "tab", ".txt": "tab"}
"""What separates the fields by the ending of the file, where the mapping says nothing."""
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")


def find_separator(file: SourceFile, body: Body, options: ReadOptions) -> str:
    """Return the separator of a file.

    Raises DataError, with the key that reads the file, if the header says otherwise, or a line in
    which Excel declares it.
    """
    named = options.delimiter or _find_usual(file)
    separator = SEPARATORS[named]
    counts = {each: body.header.count(character) for each, character in SEPARATORS.items()}
    likely = max(counts, key=lambda each: counts[each])
    if body.declared and body.declared != separator:
        names = {character: each for each, character in SEPARATORS.items()}
        likely = names.get(body.declared, likely)
    elif body.header.count(separator) or not counts[likely]:
        return separator
    message = (
        f'{file.name}: its fields are separated by "{likely}", not by "{named}". Set '
        f'delimiter: "{likely}" in config/edc.yaml, for all files, or for this one alone: sources: '
        f'{{NAME: {{file: {file.name}, delimiter: "{likely}"}}}}'
    )
    if options.decimal == "." and _has_decimal_comma(body.rows, SEPARATORS[likely]):
        message += '. Its numbers have a decimal comma: set decimal: "," too'
    raise DataError(message)


def _find_usual(file: SourceFile) -> str:
    if file.suffix not in USUAL:
        raise DataError(
            f"{file.name}: its ending does not say what separates its fields. Give it one of "
            f"{', '.join(USUAL)}, or set delimiter in config/edc.yaml (for all files)"
        )
    return USUAL[file.suffix]


def _has_decimal_comma(rows: str, separator: str) -> bool:
    cells = (cell.strip(' "\r') for row in rows.splitlines() for cell in row.split(separator))
    return separator != "," and any(_DECIMAL_COMMA.fullmatch(cell) for cell in cells)


def require_quote(quote: str, separator: str) -> None:
    """Raise ConfigError if ``quote`` is neither empty nor one character that can quote cells."""
    if len(quote) > 1 or quote in (separator, "\r", "\n", " "):
        raise ConfigError(
            f"quote: {quote!r} cannot quote cells. It is one character, neither a blank nor what "
            'separates the fields, or "" where nothing is quoted'
        )
