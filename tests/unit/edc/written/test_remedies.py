"""What to write for a column that does not fit reads the cells that fit as well."""

import pytest

from analysis.edc.layout import Column
from analysis.edc.written.remedies import find_remedy

DATE = Column(type="date")
KEY = "Set tables.mrs.dates.MRSDTC: "
MONTHS_FIRST = ["07/31/2026", "08/30/2026"]


@pytest.mark.parametrize(
    ("read", "lost", "said"),
    [
        # the wrong order of day and month reads the days up to the twelfth
        (["2026-07-09", "2026-08-01"], ["2026-07-31", "2026-08-30"], '"%Y-%m-%d"'),
        (["07/09/2026", "08/01/2026"], MONTHS_FIRST, '"%m/%d/%Y"'),
        # both orders are there
        (["31/07/2026", "08/01/2026"], MONTHS_FIRST, '["%d/%m/%Y", "%m/%d/%Y"]'),
        (["2026-07-09", "2026-08-01"], MONTHS_FIRST, '["%Y-%m-%d", "%m/%d/%Y"]'),
        ([], MONTHS_FIRST, '"%m/%d/%Y"'),
    ],
)
def test_a_form_that_reads_all_stands_alone(read: list[str], lost: list[str], said: str) -> None:
    remedy = find_remedy("mrs", "MRSDTC", DATE, lost, read)
    assert remedy == f"{KEY}{said} in config/edc.yaml"


@pytest.mark.parametrize(
    ("text", "form"),
    [("2026年7月31日 10时05分", "%Y年%m月%d日 %H时%M分"), ("31.07.2026 10:05", "%d.%m.%Y %H:%M")],
)
def test_a_day_with_a_time(text: str, form: str) -> None:
    remedy = find_remedy("bl", "LKWDTC", Column(type="datetime"), [text])
    assert remedy == f'Set tables.bl.dates.LKWDTC: "{form}" in config/edc.yaml'
