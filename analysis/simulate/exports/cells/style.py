"""How a system writes the cells of the case report form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.codec import Codec, write_codes
from analysis.simulate.exports.cells.dates import DateForms, write_dates
from analysis.simulate.exports.design.forms import Field, Form

WORDS = ("number", "label", "zh")


@dataclass(frozen=True)
class Style:
    """``answers``: which of ``WORDS`` stands for a code. ``subject``: how subjects are called.

    ``missing``: codes that an empty number or answer gets. ``units``: by table and column, the
    codec of another unit. ``free_text``: how texts that anybody may type are written.
    """

    answers: str
    subject: Codec
    dates: DateForms
    missing: tuple[str, ...] = ()
    units: Mapping[tuple[str, str], Codec] = field(default_factory=dict)
    free_text: Codec = field(default_factory=Codec)

    def find_codec(self, table: str, each: Field) -> Codec:
        """Return how the cells of a field are written."""
        if each.options:
            return write_codes({o.text: getattr(o, self.answers) for o in each.options})
        if each.is_moment:
            return write_dates(self.dates, each)
        if each.is_number:
            return self.units.get((table, each.column), Codec())
        return self.free_text

    def find_missing(self, each: Field) -> tuple[str, ...]:
        """Return the codes for a missing cell of a field; texts and dates stay empty."""
        return self.missing if each.options or each.is_number else ()


def encode_field(carrier: Carrier, form: Form, each: Field, style: Style) -> pd.Series:
    """Return the cells of one field as the system writes them."""
    codec, missing = style.find_codec(form.table, each), style.find_missing(each)
    return carrier.encode(form.table, each.column, codec, missing)


def encode_form(carrier: Carrier, form: Form, style: Style) -> pd.DataFrame:
    """Return the fields of a form by their names, a row for each of the table's."""
    return pd.DataFrame(
        {each.name: encode_field(carrier, form, each, style) for each in form.fields}
    )
