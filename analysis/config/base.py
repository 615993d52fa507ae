"""What every block of a configuration file shares."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Source = Literal["registry", "assumption"]
Percent = Annotated[float, Field(ge=0, le=1000)]
Text = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """A frozen mapping that refuses unknown keys and converts no value to another type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Block(Strict):
    """A part of the plan that says where it comes from."""

    source: Source = Field(
        description="registry: fixed by the registration; assumption: taken from sibling trials "
        "and guidance"
    )
