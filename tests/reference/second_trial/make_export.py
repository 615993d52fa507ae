"""Make export/ and lists/ from plan.yaml: ``python tests/reference/second_trial/make_export.py``.

The assessments of every ninth survivor at day 90 are moved later by 8 to 40 days, so that the
windows of the plan have something to tell apart. The optional tables are left out. The files are
committed: the numbers of second_trial.R belong to them.
"""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from analysis.config import load_plan
from analysis.simulate import simulate_trial, write_export, write_lists

HERE = Path(__file__).parent
EVERY = 9
LATER = (8, 12, 16, 20, 24, 40)
DEATH = "6"
OPTIONAL = ("cm", "screening")


def move_visits(mrs: pd.DataFrame) -> pd.DataFrame:
    """Return the table with the day-90 dates of some survivors later."""
    dated = mrs[(mrs["VISIT"] == "D90") & (mrs["MRSDTC"] != "")]
    alive = dated[~dated["SUBJID"].isin(dated.loc[dated["MRS"] == DEATH, "SUBJID"])]
    days = {
        subject: LATER[number % len(LATER)]
        for number, subject in enumerate(alive["SUBJID"].drop_duplicates()[::EVERY])
    }
    later = {
        row: (date.fromisoformat(text) + timedelta(days=days[subject])).isoformat()
        for row, subject, text in alive[["SUBJID", "MRSDTC"]].itertuples(name=None)
        if subject in days
    }
    return mrs.assign(MRSDTC=[later.get(row, text) for row, text in mrs["MRSDTC"].items()])


def main() -> None:
    trial = simulate_trial(load_plan(HERE / "plan.yaml"))
    tables = {name: table for name, table in trial.tables.items() if name not in OPTIONAL}
    tables["mrs"] = move_visits(tables["mrs"])
    for name in ("export", "lists"):
        shutil.rmtree(HERE / name, ignore_errors=True)
    write_export(tables, HERE / "export", "csv")
    write_lists(trial.lists, HERE / "lists")


if __name__ == "__main__":
    main()
