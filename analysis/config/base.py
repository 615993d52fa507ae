"""Base models of every block of a configuration file."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

Source = Literal["registry", "assumption"]
RandomisedSet = Literal["ITT", "PP"]
"""The analysis sets that are analysed as randomised."""
Percent = Annotated[float, Field(ge=0, le=1000)]
Text = Annotated[str, Field(min_length=1)]


def _read_date(value: object) -> date:
    """Only YYYY-MM-DD: ``date.fromisoformat`` takes week dates and dates without hyphens too."""
    text = str(value)
    try:
        if date.fromisoformat(text).isoformat() == text:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f"{text} is not a date written as 2026-11-30") from None


def _require_words(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty; say it in words")
    return value


def require_distinct(key: str, values: Sequence[object]) -> None:
    """Raise ValueError, naming the key, if a value stands twice."""
    if len(values) != len(set(values)):
        raise ValueError(f"{key}: a value stands twice")


IsoDate = Annotated[date, BeforeValidator(_read_date)]
Words = Annotated[str, AfterValidator(_require_words)]
"""Text that says something: not empty, not blanks alone."""
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{64}$", to_lower=True)]
"""A sha256 in hexadecimal; some programs write it in capitals."""


class Strict(BaseModel):
    """A frozen mapping that refuses unknown keys and converts no value to another type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Block(Strict):
    """A part of the plan that says where it comes from."""

    source: Source = Field(
        description="registry: fixed by the registration; assumption: taken from sibling trials "
        "and guidance"
    )
