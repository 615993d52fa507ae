"""A reason with its fields: written as text, and read back from it, by the one template."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from analysis.errors.reason_codes import ReasonCode

Field: TypeAlias = "int | str | tuple[int, ...] | Reason"
"""A number, a text, the numbers of columns before they have names, or the reason behind."""

PREFIX = "not estimable: "
"""What stands before the reason in the place of a number."""


@dataclass(frozen=True)
class Reason:
    """Why a number cannot be estimated. ``str`` gives its English."""

    code: ReasonCode
    fields: Mapping[str, Field]

    @classmethod
    def of(cls, code: ReasonCode, **fields: Field) -> Reason:
        """Return the reason of a code with the fields of its template."""
        return cls(code, fields)

    @property
    def is_not_collected(self) -> bool:
        """Whether the export lacks what the number needs."""
        return self.code is ReasonCode.NOT_COLLECTED

    @property
    def note(self) -> str:
        """The reason in the place of a number: what was not collected is not called estimable."""
        return str(self) if self.is_not_collected else f"{PREFIX}{self}"

    def __str__(self) -> str:
        shown = {
            name: f"{list(value)}" if isinstance(value, tuple) else value
            for name, value in self.fields.items()
        }
        return self.code.value.format(**shown)

    def with_columns(self, terms: Sequence[str]) -> Reason:
        """Return the reason with model terms in the place of the numbers of ``columns``, and
        subjects in that of rows."""
        is_of_rows = self.code is ReasonCode.TOO_FEW_ROWS
        code = ReasonCode.TOO_FEW_SUBJECTS if is_of_rows else self.code
        return Reason(code, {name: _name(value, terms) for name, value in self.fields.items()})

    def renamed(self, names: Mapping[str, str]) -> Reason:
        """Return the reason with a name in the place of each text that ``names`` holds."""
        fields = {name: _rename(value, names) for name, value in self.fields.items()}
        return Reason(self.code, fields)


def is_absent(warning: str) -> bool:
    """Return whether a warning of the frame says why there is no number."""
    return warning.startswith(PREFIX) or is_not_collected(warning)


def is_not_collected(warning: str) -> bool:
    """Return whether a warning of the frame says that what a number needs was not collected."""
    return read_reason(warning).is_not_collected


def read_reason(warning: str) -> Reason:
    """Return the reason that a warning of the frame gives, with or without :data:`PREFIX`.

    The inverse of ``str``, but that columns come back as the text of their names. A text of no
    template is that of ``OTHER``.
    """
    text = warning.removeprefix(PREFIX)
    if not text:
        return Reason.of(ReasonCode.NO_REASON)
    for code, pattern in _compile():
        found = pattern.fullmatch(text)
        fields = _read_fields(code, found) if found else None
        if fields is not None:
            return Reason(code, fields)
    return Reason.of(ReasonCode.OTHER, text=text)


def list_fields(template: str) -> dict[str, str]:
    """Return the names in braces of a template with their formats, ``d`` or nothing."""
    parts = string.Formatter().parse(template)
    return {name: spec or "" for _, name, spec, _ in parts if name is not None}


def _name(value: Field, terms: Sequence[str]) -> Field:
    if isinstance(value, Reason):
        return value.with_columns(terms)
    return ", ".join(terms[j] for j in value) if isinstance(value, tuple) else value


def _rename(value: Field, names: Mapping[str, str]) -> Field:
    if isinstance(value, Reason):
        return value.renamed(names)
    return names.get(value, value) if isinstance(value, str) else value


def _read_fields(code: ReasonCode, found: re.Match[str]) -> dict[str, Field] | None:
    """The fields of a text; None if the reason behind it is of no template."""
    formats = list_fields(code.value)
    fields: dict[str, Field] = {
        name: int(text) if formats[name] == "d" else text
        for name, text in found.groupdict().items()
    }
    if "reason" in fields:
        behind = read_reason(found["reason"])
        fields["reason"] = behind
        return None if behind.code is ReasonCode.OTHER else fields
    return fields


@cache
def _compile() -> tuple[tuple[ReasonCode, re.Pattern[str]], ...]:
    """The pattern of every template: first those with a reason behind, then by their own text."""
    codes = [code for code in ReasonCode if code is not ReasonCode.OTHER]
    ordered = sorted(codes, key=lambda code: _rank(code.value), reverse=True)
    return tuple((code, re.compile(write_pattern(code.value))) for code in ordered)


def _rank(template: str) -> tuple[bool, int]:
    own = sum(len(text) for text, *_ in string.Formatter().parse(template))
    return "reason" in list_fields(template), own


def write_pattern(template: str) -> str:
    """Return the regular expression of the texts of a template, a named group a field."""
    groups = {"d": r"-?\d+", "": ".+?"}
    return "".join(
        re.escape(text) + (f"(?P<{name}>{groups[spec or '']})" if name else "")
        for text, name, spec, _ in string.Formatter().parse(template)
    )
