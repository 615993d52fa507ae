"""The fields of a form in Castor: moments in two fields, codes as boxes."""

import pandas as pd

from analysis.simulate.exports.castor.study import BOXES, SPLIT, STYLE
from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.dates import split_moment
from analysis.simulate.exports.cells.style import encode_field
from analysis.simulate.exports.cells.ticks import encode_ticks
from analysis.simulate.exports.design.forms import Field, Form


def encode_fields(carrier: Carrier, form: Form) -> pd.DataFrame:
    """Return the fields of a form by their names, a row for each of the table's."""
    parts = [_encode(carrier, form, each) for each in form.fields]
    return pd.concat(parts, axis=1)


def list_boxes(each: Field) -> dict[str, str]:
    """Return the boxes of a field by the code that each stands for; none if it has none."""
    if each.column not in BOXES:
        return {}
    return {option.text: f"{each.name}#{option.label}" for option in each.options}


def name_halves(each: Field) -> list[str]:
    """Return the fields of the day and of the time of a moment.

    >>> name_halves(Field("RANDDTC", "rand_dt", "", "", "datetime"))
    ['rand_dt_date', 'rand_dt_time']
    """
    return [f"{each.name}_date", f"{each.name}_time"]


def _encode(carrier: Carrier, form: Form, each: Field) -> pd.DataFrame:
    if boxes := list_boxes(each):
        return encode_ticks(carrier, form.table, each.column, boxes)
    written = encode_field(carrier, form, each, STYLE)
    if each.column not in SPLIT:
        return written.to_frame(each.name)
    halves = [split_moment(text) for text in written]
    return pd.DataFrame(halves, columns=name_halves(each), index=written.index, dtype=object)
