"""Keys of cells that do not fit their column are named before anything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from analysis.config import Mapping
from analysis.edc.layout import Layout
from analysis.edc.reading.check_mapping import check_mapping
from analysis.errors import ConfigError

if TYPE_CHECKING:
    from conftest import MakeMapping

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("bl", {"units": {"GLUC": "mg"}},
     "bl.units.GLUC: 'mg' cannot be converted into mmol/L; units that can: mmol/L, mg/dL, g/L"),
    ("bl", {"units": {"INR": "1"}}, "bl.units.INR: the column holds numbers without a unit"),
    ("bl", {"units": {"NIHSSBL": "kg"}}, "bl.units.NIHSSBL: the column holds no decimal numbers"),
    ("bl", {"units": {"GLUC": {}}}, "bl.units.GLUC: say where the unit stands: {column: COLUMN}"),
    ("bl", {"units": {"GLUC": {"column": "u", "in_text": True}}}, "bl.units.GLUC: say where"),
    ("bl", {"units": {"GLUC": {"column": "u", "without": "stone"}}}, "'stone' cannot be converted"),
    ("bl", {"units": {"GLUC": "g/L"}, "factors": {"GLUC": 2.0}}, "bl.units.GLUC: a factor"),
    ("bl", {"factors": {"NIHSSBL": 2.0}}, "bl.factors.NIHSSBL: the column holds no decimal"),
    ("bl", {"units": {"SUGAR": "g/L"}}, "bl.units.SUGAR: no such column; allowed: SUBJID"),
    ("bl", {"numbers": {"OCCLOC": {}}}, "bl.numbers.OCCLOC: the column holds no numbers"),
    ("bl", {"numbers": {"NIHSSBL": {"below": "half"}}}, "numbers.NIHSSBL: the column holds whole"),
    ("bl", {"numbers": {"GLUC": {"thousands": "."}}}, "bl.numbers.GLUC: '.' is the decimal mark"),
    ("bl", {"missing_values": {"SUGAR": ["x"]}}, "bl.missing_values.SUGAR: no such column"),
    ("bl", {"labels": ["SUGAR"]}, "bl.labels.SUGAR: no such column"),
    ("bl", {"checkboxes": {"OCCLOC": {}}}, "bl.checkboxes.OCCLOC: name each column of ticks"),
    ("bl", {"offsets": {"GLUC": "+08:00"}}, "bl.offsets.GLUC: no such column of dates"),
    ("bl", {"offsets": {"LKWDTC": "Asia/Shanghai"}}, "bl.offsets.LKWDTC: 'Asia/Shanghai' is no"),
    ("bl", {"times": {"LKWDTC": "lkwdtc"}}, "bl.times.LKWDTC: lkwdtc is the column of the date"),
    ("bl", {"columns": {"LKWDTC": "x"}, "times": {"LKWDTC": "X"}}, "times.LKWDTC: X is the column"),
    ("mrs", {"stack": [{"constants": {"VISIT": "D90"}}]}, "columns is missing or empty. Name the"),
    ("mrs", {"stack": [{"columns": {"MRSDTC": "d{n}"}, "times": {"MRSDTC": "d{n}"},
                        "numbers": [1, 2]}]}, "mrs.times.MRSDTC: d2 is the column of the date"),
    ("mrs", {"columns": {"MRSDTC": "d"}, "stack": [{"columns": {"MRS": "a"}, "times":
             {"MRSDTC": "d"}}]}, "mrs.times.MRSDTC: d is the column of the date"),
    ("mrs", {"times": {"MRSDTC": "t"}, "constants": {"MRSDTC": "2026-01-01"}},
     "tables.mrs: MRSDTC stands under constants and times. Give one of the two"),
    ("bl", {"dates": {"LKWDTC": "sas_date"}}, "dates.LKWDTC: 'sas_date': the column needs a time"),
    ("bl", {"dates": {"LKWDTC": "unix"}}, "bl.dates.LKWDTC: 'unix' counts in UTC; say the offset"),
    ("mrs", {"dates": {"MRSDTC": "%d.%m.%y"}}, "'%d.%m.%y': a year of two digits may be of any"),
    ("mrs", {"two_digit_years": {"MRSDTC": 1970}}, "mrs.two_digit_years.MRSDTC: no form of the"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "keys", "finding"), WRONG)
def test_a_key_that_does_not_fit_its_column(
    table: str, keys: dict[str, Any], finding: str, make_mapping: MakeMapping, layout: Layout
) -> None:
    with pytest.raises(ConfigError) as caught:
        check_mapping(make_mapping(tables={table: keys}), layout)
    assert finding in str(caught.value)


def test_keys_that_fit(make_mapping: MakeMapping, layout: Layout) -> None:
    keys = {
        "units": {"GLUC": "MG/DL", "CREAT": {"column": "u"}, "SBP": {"in_text": True}},
        "numbers": {"GLUC": {"thousands": ",", "below": "half"}, "NIHSSBL": {"below": "bound"}},
        "dates": {"LKWDTC": ["%d.%m.%y %H:%M", "excel", "iso", "unix"]},
        "two_digit_years": {"LKWDTC": 1970},
        "offsets": {"LKWDTC": "-03:30"},
        "labels": ["OCCLOC"],
        "missing_values": {"NIHSSBL": {"-9": "not done"}},
    }
    check_mapping(make_mapping(yes_no="any", tables={"bl": keys}), layout)


def test_a_file_of_no_table_may_be_declared_also_in_a_job(
    make_mapping: MakeMapping, layout: Layout
) -> None:
    """A job gets the mapping as JSON, in which every key stands."""
    mapping = make_mapping(tables={"labs": {"not_allocation": {"GROUP": "blood group"}}})
    check_mapping(Mapping.model_validate_json(mapping.model_dump_json()), layout)
    more = make_mapping(tables={"labs": {"not_allocation": {"G": "group"}, "rows": "G = 'A'"}})
    with pytest.raises(ConfigError, match=r"tables\.labs: no such table"):
        check_mapping(more, layout)
