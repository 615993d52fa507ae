"""Proposals for the shapes of the demonstration trial, held against the shipped mappings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from analysis.config import load_mapping, load_plan
from analysis.config.load import parse_model
from analysis.config.mapping import Mapping, TableMapping
from analysis.edc.layout import Layout, load_layout
from analysis.edc.mapping.proposal.proposal import propose
from analysis.edc.mapping.proposal.written.document import write_document
from analysis.edc.reading.export import read_export
from analysis.run.settings.beginning import PLAIN
from analysis.simulate import simulate_trial
from analysis.simulate.exports.shapes import write_shape

TOP = Path(__file__).parents[5]
SUBJECTS = 60
FOLDERS = {"rave": "csv", "chinese_hospital": "csv", "sdtm": "xpt"}
"""The part of a shape that is read, where it is written in several kinds of files."""
LEAST = {
    "castor": 1.0, "chinese_hospital": 1.0, "openclinica": 1.0, "rave": 1.0, "redcap_labels": 1.0,
    "redcap_raw": 1.0, "sdtm": 0.92, "viedoc": 1.0,
}  # fmt: skip
"""Share of the columns that are proposed right, as measured, of all that the layout has. In SDTM
sequence numbers stand twice (--SEQ, --SPID), and the onset of the stroke may not be when the
patient was last known well, nor the end of the thrombectomy that of the occlusion."""
EXPORTS = TOP / "config" / "exports"
BY_KEYS = Path(__file__).with_name("sdtm_by_keys.yaml")
"""The shipped mapping of SDTM is SQL in part: what is proposed is compared with keys."""
QUICK = ("castor",)
"""Those that every run of the tests looks at; the others wait for those at length."""
SAME = {
    ("sdtm", "dm", "SUBJID"): "USUBJID, by which the other domains name the subject",
    ("sdtm", "eq5d", "VISIT"): "D90, the only visit of the questionnaire",
}
"""Proposals that differ from the shipped mapping and say the same."""
NOT_READ = {"sdtm"}
"""Shapes of which the proposal alone does not make every table: what it lacks is said."""


@dataclass(frozen=True)
class Made:
    """A shape, the mapping that is proposed for it and the one that is shipped."""

    shape: str
    folder: Path
    proposed: Mapping
    shipped: Mapping


@pytest.fixture(scope="session")
def layout() -> Layout:
    return load_layout()


@pytest.fixture(scope="session")
def tables() -> dict[str, pd.DataFrame]:
    plan = load_plan(TOP / "config" / "trial.yaml")
    demo = plan.demo.model_copy(update={"n": SUBJECTS, "fault_rate": 0.01})
    return dict(simulate_trial(plan.model_copy(update={"demo": demo})).tables)


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(shape, marks=() if shape in QUICK else pytest.mark.torture)
        for shape in sorted(LEAST)
    ],
)
def made(
    request: pytest.FixtureRequest,
    tables: dict[str, pd.DataFrame],
    layout: Layout,
    tmp_path_factory: pytest.TempPathFactory,
) -> Made:
    shape: str = request.param
    root = tmp_path_factory.mktemp(shape)
    write_shape(shape, tables, root / "export")
    folder = root / "export" / FOLDERS.get(shape, "")
    text = write_document(propose(folder, parse_model(Mapping, PLAIN, "test"), layout), ())
    (root / "edc.yaml").write_text(text, encoding="utf-8")
    shipped = load_mapping(BY_KEYS if shape == "sdtm" else EXPORTS / f"{shape}.yaml")
    return Made(shape, folder, load_mapping(root / "edc.yaml"), shipped)


def describe(spec: TableMapping, column: str) -> object:
    """What a mapping says of a column: the columns that it comes from, or its text."""
    if column in spec.checkboxes:
        return spec.checkboxes[column]
    if column in spec.constants:
        return ("constant", spec.constants[column])
    blocks = [(b.columns[column], b.numbers) for b in spec.stack if column in b.columns]
    if blocks or any(column in block.constants for block in spec.stack):
        return ("stack", blocks)
    if column in spec.lookup:
        lookup = spec.lookup[column]
        return ("lookup", lookup.source, dict(lookup.where), lookup.take)
    return spec.columns.get(column, column).casefold()


def compare(made: Made, layout: Layout) -> tuple[int, list[str], list[str]]:
    """How many columns are right, and which are proposed wrong and which are not proposed."""
    right, wrong, open_ = 0, [], []
    for name, table in layout.tables.items():
        spec = made.shipped.tables.get(name, TableMapping())
        mine = made.proposed.tables.get(name)
        for column in table.columns:
            if mine is None or not is_proposed(mine, column):
                open_.append(f"{name}.{column}")
            elif describe(mine, column) == describe(spec, column) or (
                (made.shape, name, column) in SAME
            ):
                right += 1
            else:
                wrong.append(f"{name}.{column}: {describe(mine, column)}")
    return right, wrong, open_


def is_proposed(spec: TableMapping, column: str) -> bool:
    in_blocks = any(column in {**block.columns, **block.constants} for block in spec.stack)
    named = {**spec.columns, **spec.constants, **spec.checkboxes, **spec.lookup}
    return in_blocks or column in named


def test_most_columns_are_proposed_right(made: Made, layout: Layout) -> None:
    right, wrong, open_ = compare(made, layout)
    assert right >= LEAST[made.shape] * (right + len(wrong) + len(open_)), (wrong, open_)


def test_nothing_is_proposed_wrong_without_a_mark(made: Made, layout: Layout) -> None:
    assert compare(made, layout)[1] == []


def test_the_export_is_read_as_with_the_shipped_mapping(made: Made, layout: Layout) -> None:
    export, findings = read_export(made.folder, made.proposed, layout)
    if made.shape in NOT_READ:
        assert findings
        return
    assert findings == []
    shipped, _ = read_export(made.folder, made.shipped, layout)
    for name, account in shipped.accounts.items():
        mine = export.accounts[name]
        assert mine.rows_used == account.rows_used, name
        for column, cells in account.columns.items():
            assert mine.columns[column].typed >= 0.95 * cells.typed, f"{name}.{column}"
