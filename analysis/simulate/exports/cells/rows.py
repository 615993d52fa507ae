"""Rows that a system cannot hold, or has where the layout has none."""

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.style import Style, encode_field
from analysis.simulate.exports.design.forms import Field, Form, load_codes

NO_SUBJECT = "rows without a subject; each form of this system belongs to one"
SECOND = "a second row of a form that this system has once"
OTHER_SITE = "another site of the same subject, who belongs to one"
NO_CODE = "rows of a code that has no field, or twice of one, in a form with a field a code"
NO_ROW = "row(s) without a value, of fields that stand there for every subject"


def keep_subjects(carrier: Carrier, forms: list[Form]) -> None:
    """Leave out the rows without a subject."""
    for form in forms:
        carrier.drop(form.table, carrier.tables[form.table]["SUBJID"] == "", NO_SUBJECT)


def keep_first(carrier: Carrier, table: str, keys: list[str]) -> None:
    """Leave out all rows but the first of each key, of a form that a system has once."""
    carrier.drop(table, carrier.tables[table].duplicated(keys), SECOND)


def keep_first_site(carrier: Carrier) -> None:
    """Give every row of a subject in ``dm`` the site of its first: a subject belongs to one."""
    dm = carrier.tables["dm"]
    carrier.restore("dm", "SITEID", dm.groupby("SUBJID")["SITEID"].transform("first"), OTHER_SITE)


def widen(carrier: Carrier, form: Form, item: str, answer: Field, style: Style) -> pd.DataFrame:
    """Return a form with a row a subject and a column a code of ``item``, the answers as written.

    Afterwards the carrier's table has every code for every subject, as the fields have.
    """
    table, codes = form.table, list(load_codes(form.table, item))
    long = carrier.tables[table]
    carrier.drop(table, ~long[item].isin(codes) | long.duplicated(["SUBJID", item]), NO_CODE)
    _add_absent(carrier, table, item, codes)
    written = encode_field(carrier, form, answer, style)
    long = carrier.tables[table].assign(written=written)
    wide = long.pivot(index="SUBJID", columns=item, values="written")[codes]
    return wide.reset_index().rename_axis(columns=None)


def _add_absent(carrier: Carrier, table: str, item: str, codes: list[str]) -> None:
    long = carrier.tables[table]
    keys = pd.MultiIndex.from_frame(long[["SUBJID", item]])
    every = pd.MultiIndex.from_product([long["SUBJID"].unique(), codes], names=["SUBJID", item])
    rows = every.difference(keys).to_frame(index=False)
    carrier.add(table, rows.reindex(columns=long.columns, fill_value=""), NO_ROW)
