"""Faults of rows: identical, sharing a key, without a key, of unknown subjects, absent."""

from analysis.edc.queries import Rule
from analysis.simulate.faults.kinds.scores import CENTRAL, LOCAL
from analysis.simulate.faults.ledger import expect_query
from analysis.simulate.faults.registry import Faults
from analysis.simulate.faults.scene import Scene
from analysis.simulate.faults.subjects import anyone, assessed, assessed_holding

FAULTS = Faults()
WHOLE_ROW = ""
EXTRA_TABLE, EXTRA_COLUMN = "bl", "BLNOTE"
event_1 = assessed_holding("ae", AESEQ="1")
nihss_day_7 = assessed_holding("nihss", VISIT="D7")
mrs_day_30 = assessed_holding("mrs", VISIT="D30")


def _repeat_row(scene: Scene, table: str, **where: str) -> None:
    scene.repeat(table, where)
    scene.query(table, WHOLE_ROW, Rule.IDENTICAL_ROW, "the row stands twice")


@FAULTS.register("dm", assessed, single=True)
def demographics_twice(scene: Scene) -> None:
    _repeat_row(scene, "dm")


@FAULTS.register("mrs", assessed)
def reading_twice(scene: Scene) -> None:
    _repeat_row(scene, "mrs", **LOCAL)
    scene.score(scene.score_written(), "the local row stands twice")


@FAULTS.register("ae", event_1)
def event_twice(scene: Scene) -> None:
    _repeat_row(scene, "ae", AESEQ="1")


@FAULTS.register("ex mrs", assessed)
def dose_twice(scene: Scene) -> None:
    _repeat_row(scene, "ex", EXDAY="1")
    scene.score(scene.score_written(), "a dose that stands twice was given once: no reason DOSEIV")


@FAULTS.register("nihss", nihss_day_7)
def nihss_of_one_visit_differs(scene: Scene) -> None:
    score = int(scene.cells("nihss", VISIT="D7")["NIHSS"])
    scene.repeat("nihss", {"VISIT": "D7"}, NIHSS=str(score + 2))
    scene.query("nihss", WHOLE_ROW, Rule.DUPLICATE_KEY, "two scores of one visit")


@FAULTS.register("ae", event_1)
def event_number_used_twice(scene: Scene) -> None:
    other = {"AETERM": "皮疹", "AEDECOD": "Rash", "AESER": "N", "AEOUT": "RECOVERED"}
    skin = "Skin and subcutaneous tissue disorders"
    dates = {"AESTDTC": scene.date(4), "AEENDTC": scene.date(9)}
    scene.repeat("ae", {"AESEQ": "1"}, AEBODSYS=skin, **other, **dates)
    scene.query("ae", WHOLE_ROW, Rule.DUPLICATE_KEY, "two events with one number")


@FAULTS.register("mrs", assessed)
def central_score_corrected(scene: Scene) -> None:
    score = int(scene.cells("mrs", **CENTRAL)["MRS"])
    corrected = score + 1 if score < 5 else score - 1
    scene.repeat("mrs", CENTRAL, MRS=str(corrected))
    scene.query("mrs", WHOLE_ROW, Rule.DUPLICATE_KEY, "two central scores of one day")
    scene.score(str(max(score, corrected)), "of two scores of one day the higher counts")


@FAULTS.register("ae", event_1)
def event_without_number(scene: Scene) -> None:
    scene.put_first("ae", "AESEQ", "", AESEQ="1")
    scene.query("ae", "AESEQ", Rule.MISSING_KEY, "an event without a number")


@FAULTS.register("mrs", mrs_day_30)
def month_visit_without_name(scene: Scene) -> None:
    scene.put("mrs", "VISIT", "", VISIT="D30")
    scene.query("mrs", "VISIT", Rule.MISSING_KEY, "a reading without a visit")
    scene.score(scene.score_written(), "the day-30 row has no visit")


@FAULTS.register("mrs", assessed)
def central_row_without_source(scene: Scene) -> None:
    scene.put("mrs", "MRSSRC", "", **CENTRAL)
    scene.query("mrs", "MRSSRC", Rule.MISSING_KEY, "a reading without its source")
    scene.score(scene.cells("mrs", **LOCAL)["MRS"], "only the local row can be used")


@FAULTS.register("mrs", assessed, single=True)
def row_without_subject(scene: Scene) -> None:
    scene.repeat("mrs", LOCAL, SUBJID="")
    scene.note("", "mrs", "SUBJID", expect_query(Rule.MISSING_KEY), "a reading of nobody")


def _add_stranger(scene: Scene, table: str, **where: str) -> None:
    """A copy of a row under an id that was never randomised."""
    site = str(scene.cohort.allocation.siteid[scene.subject])
    stranger = f"{site}-S{scene.subject:04d}"
    scene.repeat(table, where, SUBJID=stranger)
    query = expect_query(Rule.UNKNOWN_SUBJECT)
    scene.note(stranger, table, "SUBJID", query, "a row of a subject who was not randomised")


@FAULTS.register("nihss", nihss_day_7)
def nihss_of_stranger(scene: Scene) -> None:
    _add_stranger(scene, "nihss", VISIT="D7")


@FAULTS.register("ae", event_1)
def event_of_stranger(scene: Scene) -> None:
    _add_stranger(scene, "ae", AESEQ="1")


@FAULTS.register("dm", assessed, single=True)
def screening_failure_in_dm(scene: Scene) -> None:
    _add_stranger(scene, "dm")


@FAULTS.register("ds", assessed, single=True)
def disposition_absent(scene: Scene) -> None:
    scene.drop("ds")
    scene.query("ds", "SUBJID", Rule.MISSING_SUBJECT, "no row in ds")


@FAULTS.register("", anyone, single=True)
def column_of_no_layout(scene: Scene) -> None:
    scene.draft.add_column(EXTRA_TABLE, EXTRA_COLUMN, "")
    scene.put(EXTRA_TABLE, EXTRA_COLUMN, "家属补充病史")
    query = expect_query(Rule.EXTRA_COLUMN)
    scene.note("", EXTRA_TABLE, EXTRA_COLUMN, query, "a column that the layout does not have")
