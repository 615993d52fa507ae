"""Write the folder of a Chinese hospital: a workbook in ``xlsx``, a file a table in ``csv``."""

from pathlib import Path

import pandas as pd

from analysis.simulate.exports.cells.carrier import Carrier
from analysis.simulate.exports.cells.codec import Codec, write_codes
from analysis.simulate.exports.cells.dates import DateForms
from analysis.simulate.exports.cells.style import Style, encode_form
from analysis.simulate.exports.design.forms import Form, load_forms, load_visits
from analysis.simulate.exports.files.csv_files import write_csv_file
from analysis.simulate.exports.files.workbooks import write_workbook

DATES = DateForms(
    "%Y年%m月%d日 %H时%M分", "%Y年%m月%d日", "%Y年%m月", "%Y年", padded=False, also="%Y-%m-%d"
)
SUBJECT = Codec(
    lambda text: f"lvo-{text.lower()}" if text else "",
    lambda text: text.upper().removeprefix("LVO-"),
)
SITE = Codec(lambda text: f"{text}中心" if text else "", lambda text: text.removesuffix("中心"))
STYLE = Style("zh", SUBJECT, DATES, missing=("/", "未查"))
SYSTEM = {"SUBJID": "受试者编号", "SITEID": "研究中心", "VISIT": "访视", "SCRNO": "筛选号"}
WORKBOOK = "IMPACT-LVO数据库.xlsx"
DATE_FORMAT = 'yyyy"年"m"月"d"日"'


def write_chinese_hospital(carrier: Carrier, folder: Path) -> None:
    """Write both; in the workbook days are dates of Excel, moments are texts as in the CSV."""
    sheets = {form.zh: build_sheet(carrier, form) for form in load_forms().values()}
    for name, table in sheets.items():
        write_csv_file(folder / "csv" / f"{name}.csv", table, encoding="gb18030")
    fields = [each for form in load_forms().values() for each in form.fields]
    days = [each for each in fields if each.type == "date" and not each.partial]
    dates = {each.zh for each in days}
    write_workbook(
        folder / "xlsx" / WORKBOOK,
        {name: _read_days(table, dates) for name, table in sheets.items()},
        dates=dates,
        date_format=DATE_FORMAT,
        numbers={each.zh for each in fields if each.is_number},
    )


def build_sheet(carrier: Carrier, form: Form) -> pd.DataFrame:
    """Return one sheet, its columns in Chinese."""
    visits = write_codes({code: visit.zh for code, visit in load_visits().items()})
    codecs = {"SUBJID": SUBJECT, "SITEID": SITE, "VISIT": visits, "SCRNO": Codec()}
    system = {
        SYSTEM[column]: carrier.encode(form.table, column, codecs[column]) for column in form.system
    }
    words = {each.name: each.zh for each in form.fields}
    return pd.DataFrame(system).join(encode_form(carrier, form, STYLE).rename(columns=words))


def _read_days(table: pd.DataFrame, dates: set[str]) -> pd.DataFrame:
    """The table with ISO days in the columns that the workbook has as dates."""
    days = {}
    for column in dates.intersection(table.columns):
        found = pd.to_datetime(table[column], format=DATES.day, errors="coerce")
        days[column] = found.dt.strftime("%Y-%m-%d").where(found.notna(), table[column])
    return table.assign(**days)
