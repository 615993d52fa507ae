"""Losses are counted by subject from the keys of queries, whatever an identifier holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.config import Mapping, load_plan
from analysis.edc.queries import Query, Rule, Severity, build_queries
from analysis.io.verdicts import Verdict
from analysis.qc.from_export.export import Export
from analysis.qc.from_export.losses import compare_losses

CONFIG = Path(__file__).parents[4] / "config"


@pytest.mark.parametrize("stranger", ["99-001", "<b>&amp;</b>", "a; b", "SUBJID=x;y"])
@pytest.mark.parametrize("rows", [1, 2])
def test_a_stranger_with_any_name_is_found_in_the_queries(
    tmp_path: Path, mapping: Mapping, stranger: str, rows: int
) -> None:
    """Identical rows are one query, and one loss."""
    (tmp_path / "rand.csv").write_text("SUBJID,RANDNO,RANDDTC\nS1,R1,2026-01-01T10:00\n", "utf-8")
    ae = "SUBJID,AESEQ,AESTDTC,AEENDTC,AESER,AEOUT\n"
    ae += f'"{stranger}",1,2026-01-02,2026-01-03,N,RECOVERED\n' * rows
    (tmp_path / "ae.csv").write_text(ae, "utf-8")
    plan = load_plan(CONFIG / "trial.yaml")
    export = Export.read(sorted(tmp_path.iterdir()), [], mapping, plan)
    query = Query(
        Severity.ERROR, "ae", f"SUBJID={stranger}; AESEQ=1", "SUBJID", stranger,
        Rule.UNKNOWN_SUBJECT, "left out",
    )  # fmt: skip

    def judge(queries: list[Query]) -> Verdict:
        (found,) = (
            each for each in compare_losses(export, build_queries(queries))
            if each.level == "ae" and each.stat_name == "rows of subjects not randomised"
        )  # fmt: skip
        return found.verdict

    assert judge([query]) is Verdict.AGREES
    assert judge([]) is Verdict.DIFFERS
