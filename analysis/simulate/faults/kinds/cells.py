"""Faults of one cell: of the wrong type, off the code list, outside limits or range, empty."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.edc.queries import Rule
from analysis.simulate.faults.kinds.scores import LOCAL
from analysis.simulate.faults.registry import Fault
from analysis.simulate.faults.scene import Scene
from analysis.simulate.faults.subjects import assessed, assessed_holding

DAY7 = {"VISIT": "D7"}
FIRST_EVENT = {"AESEQ": "1"}


@dataclass(frozen=True)
class CellFault:
    """A text in the first row of a subject whose cells are as in ``where``."""

    name: str
    table: str
    column: str
    text: str
    rules: tuple[Rule, ...]  # none: no query; the day-90 mRS stands
    where: dict[str, str]

    def plant(self, scene: Scene) -> None:
        """Write the text; whatever happens to it, the central mRS stands."""
        scene.put_first(self.table, self.column, self.text, **self.where)
        shown = f"'{self.text}'" if self.text else "empty"
        for rule in self.rules:
            scene.query(self.table, self.column, rule, f"{self.column} is {shown}")
        if not self.rules or self.table == "mrs":
            scene.score(scene.score_written(), f"{self.column} is {shown}: the mRS stands")

    def build_fault(self) -> Fault:
        """The fault, for subjects who have such a row."""
        eligible = assessed_holding(self.table, **self.where) if self.where else assessed
        topics = {self.table} if self.rules else {self.table, "mrs"}
        return Fault(self.name, frozenset(topics), eligible, self.plant)


def _cell(name: str, table: str, column: str, text: str, *rules: Rule, **where: str) -> CellFault:
    return CellFault(name, table, column, text, rules, where)


def _wrong_type() -> Iterator[CellFault]:
    rule = Rule.TYPE
    yield _cell("pressure_as_pair", "bl", "SBP", "152/88", rule)
    yield _cell("weight_with_unit", "dm", "WEIGHT", "65kg", rule)
    yield _cell("pressure_with_comma", "bl", "DBP", "88,5", rule)
    yield _cell("nihss_in_words", "nihss", "NIHSS", "不配合", rule, **DAY7)
    yield _cell("visit_with_slashes", "nihss", "NIHDTC", "2026/01/05 10:30", rule, **DAY7)
    yield _cell("local_score_as_span", "mrs", "MRS", "2-3", rule, **LOCAL)
    yield _cell("vas_not_whole", "eq5d", "EQVAS", "77.5", rule, VISIT="D90")


def _off_code_list() -> Iterator[CellFault]:
    rule = Rule.CODE_LIST
    yield _cell("sex_in_words", "dm", "SEX", "男", rule)
    yield _cell("cause_off_list", "bl", "TOAST", "SVD", rule)
    yield _cell("yes_in_words", "bl", "HTN", "是", rule)
    yield _cell("anaesthesia_off_list", "evt", "ANESTH", "全麻", rule)
    yield _cell("severity_off_list", "ae", "AESEV", "重度", rule, **FIRST_EVENT)
    yield _cell("mode_off_list", "mrs", "MRSMODE", "微信", rule, **LOCAL)


def _outside_scale() -> Iterator[CellFault]:
    rule = Rule.LIMITS
    yield _cell("nihss_outside_scale", "nihss", "NIHSS", "45", rule, **DAY7)
    yield _cell("local_score_outside_scale", "mrs", "MRS", "9", rule, **LOCAL)
    yield _cell("aspects_outside_scale", "bl", "ASPECTS", "11", rule, Rule.CRITERION_MISSING)
    yield _cell("mobility_outside_scale", "eq5d", "EQMO", "6", rule, VISIT="D90")
    yield _cell("vas_outside_scale", "eq5d", "EQVAS", "105", rule, VISIT="D90")


def _implausible() -> Iterator[CellFault]:
    rule = Rule.RANGE
    yield _cell("height_in_metres", "dm", "HEIGHT", "1.70", rule)
    yield _cell("pressure_implausible", "bl", "SBP", "20", rule)
    yield _cell("creatinine_in_mg_per_dl", "bl", "CREAT", "1.1", rule)


def _required_missing() -> Iterator[CellFault]:
    rule = Rule.REQUIRED
    yield _cell("disposition_missing", "ds", "DSDECOD", "", rule)
    yield _cell("event_term_missing", "ae", "AETERM", "", rule, **FIRST_EVENT)
    yield _cell("answer_missing", "ie", "IEORRES", "", rule, IETESTCD="EX09")
    yield _cell("route_missing", "ex", "EXROUTE", "", rule, EXDAY="2")
    yield _cell("deviation_grade_missing", "dv", "DVMAJOR", "", rule, DVSEQ="1")


def _criterion_missing() -> Iterator[CellFault]:
    rule = Rule.CRITERION_MISSING
    columns = {
        "dm": ("AGE",),
        "bl": ("LKWDTC", "OCCLOC", "NIHSSBL", "ASPECTS", "MRSPRE", "GLUC"),
        "evt": ("ETICI", "PASSES", "DSACOMP"),
    }
    for table, names in columns.items():
        for column in names:
            yield _cell(f"{column.lower()}_missing", table, column, "", rule)


def _covariate_missing() -> Iterator[CellFault]:
    yield _cell("ivt_missing", "bl", "IVT", "")
    yield _cell("sex_missing", "dm", "SEX", "")


FAULTS = tuple(
    cell.build_fault()
    for group in (
        _wrong_type,
        _off_code_list,
        _outside_scale,
        _implausible,
        _required_missing,
        _criterion_missing,
        _covariate_missing,
    )
    for cell in group()
)
