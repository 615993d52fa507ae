"""What separates the fields of a CSV file: as the mapping says; what the header says otherwise."""

import re

from analysis.edc.sources.options import ReadOptions
from analysis.errors import DataError

SEPARATORS = {",": ",", ";": ";", "tab": "\t", "|": "|"}
"""The character by its name in the mapping."""
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""The first line that Excel writes and hides."""


def find_separator(name: str, text: str, options: ReadOptions) -> tuple[str, str]:
    """Return the separator of a file, and its text without a line that declares it.

    Raises DataError, with the key that reads the file, if the header or that line says otherwise.
    """
    separator = SEPARATORS[options.delimiter]
    declared = _DECLARED.match(text)
    body = text[declared.end() :] if declared else text
    header, _, rows = body.lstrip("\r\n").partition("\n")
    counts = {each: header.count(character) for each, character in SEPARATORS.items()}
    likely = max(counts, key=lambda each: counts[each])
    if declared and declared[1] != separator:
        names = {character: each for each, character in SEPARATORS.items()}
        likely = names.get(declared[1], likely)
    elif header.count(separator) or not counts[likely]:
        return separator, body
    message = (
        f'{name}: its fields are separated by "{likely}", not by "{options.delimiter}". Set '
        f'delimiter: "{likely}" in config/edc.yaml (for all files), or write this one with '
        f'"{options.delimiter}"'
    )
    if options.decimal == "." and _has_decimal_comma(rows, SEPARATORS[likely]):
        message += '. Its numbers have a decimal comma: set decimal: "," too'
    raise DataError(message)


def _has_decimal_comma(rows: str, separator: str) -> bool:
    cells = (cell.strip(' "\r') for row in rows.splitlines() for cell in row.split(separator))
    return separator != "," and any(_DECIMAL_COMMA.fullmatch(cell) for cell in cells)
