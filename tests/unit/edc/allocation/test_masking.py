"""What a blinded run reads: no text that names an arm, in no table, query or message."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.config import load_plan
from analysis.edc.allocation.masking import MASK, mask_tables
from analysis.edc.allocation.mentions import build_mentions
from analysis.edc.layout import load_layout
from analysis.edc.reading.export import read_export

if TYPE_CHECKING:
    from conftest import ExportFolder

ARMS = load_plan(Path(__file__).parents[4] / "config" / "trial.yaml").arms
MENTIONS = build_mentions(ARMS)
LAYOUT = load_layout()


def test_a_cell_that_names_an_arm_is_masked_as_a_whole() -> None:
    ae = pd.DataFrame({"AETERM": ["headache after placebo", "headache", ""]}, dtype=str)
    masked = mask_tables({"ae": ae}, LAYOUT.tables, MENTIONS)
    assert list(masked["ae"]["AETERM"]) == [MASK, "headache", ""]


def test_codes_of_the_layout_stay() -> None:
    arms = ARMS.model_copy(
        update={"treatment": ARMS.treatment.model_copy(update={"code": "STEROID"})}
    )
    cm = pd.DataFrame({"CMCLAS": ["STEROID"], "CMTRT": ["a steroid"]}, dtype=str)
    masked = mask_tables({"cm": cm}, LAYOUT.tables, build_mentions(arms))
    assert list(masked["cm"].iloc[0]) == ["STEROID", MASK]


def test_tables_and_queries_of_a_blinded_run(whole_export: ExportFolder) -> None:
    """A slip in a column of numbers is shown by its query: masked in a blinded run alone."""
    path = whole_export.path / "dm.csv"
    text = path.read_text(encoding="utf-8")
    header, first, *rest = text.splitlines()
    cells = dict(zip(header.split(","), first.split(","), strict=True)) | {"SEX": "M, on PLACEBO"}
    quoted = ",".join(f'"{cell}"' for cell in cells.values())
    path.write_text("\n".join([header, quoted, *rest, ""]), encoding="utf-8")
    folder, mapping, layout = whole_export.path, whole_export.make_mapping(), whole_export.layout
    shown, _ = read_export(folder, mapping, layout)
    masked, _ = read_export(
        folder, mapping, layout, mask=lambda texts: mask_tables(texts, layout.tables, MENTIONS)
    )
    assert "M, on PLACEBO" in {query.value for query in shown.queries}
    assert MASK in {query.value for query in masked.queries}
    assert not any("PLACEBO" in query.value for query in masked.queries)


def test_names_of_sources_and_columns_in_messages_of_a_blinded_run(
    whole_export: ExportFolder,
) -> None:
    """A source that tells an arm by its name, declared or not, is named in no message."""
    whole_export.write("forms", "id,placebo_24,n7\nS1,,3\nS2,,4\n")
    whole_export.write("placebo_log", "id,died\nS1,2026-06-01\nS9,2026-06-02\n")
    looked_up = {"source": "placebo_log", "match": {"id": "id"}, "take": "died",
                 "not_found": "empty"}  # fmt: skip
    blocks = [
        {"columns": {"NIHSS": "placebo_24"}, "constants": {"VISIT": "H24"}},
        {"columns": {"NIHSS": "n7"}, "constants": {"VISIT": "D7"}},
    ]
    spec = {"source": "forms", "columns": {"SUBJID": "id"}, "stack": blocks,
            "lookup": {"NIHDTC": looked_up}}  # fmt: skip
    layout, folder = whole_export.layout, whole_export.path
    mapping = whole_export.make_mapping(tables={"nihss": spec})
    found = {}
    for blinded in (False, True):
        export, fatal = read_export(
            folder, mapping, layout,
            mask=(lambda texts: mask_tables(texts, layout.tables, MENTIONS)) if blinded else None,
        )  # fmt: skip
        assert fatal == []
        rules = ("not_taken", "empty_block")
        found[blinded] = [query.message for query in export.queries if query.rule in rules]
    assert sum("placebo" in message for message in found[False]) == 2
    assert [message.replace(MASK, "x") for message in found[True]] == [
        message.replace("placebo_log", "x").replace("placebo_24", "x") for message in found[False]
    ]
