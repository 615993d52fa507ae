"""What of the analysis data sets was not collected: by column what the export lacks for it.

A column so derived is missing for everybody, never N or 0, and the data set knows why
(:mod:`analysis.io.not_collected`).
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.adam.adqs.eq5d import ITEMS, UTILITY, VAS
from analysis.adam.adsl.baseline import RENAMED
from analysis.adam.adsl.eligibility import list_needs
from analysis.adam.adsl.exposure import MEDICATIONS
from analysis.adam.adsl.hemicraniectomy import COLUMN as HEMICRANIECTOMY
from analysis.adam.tables import SUBJECT, Tables
from analysis.config import Plan
from analysis.config.blocks.safety.outcomes import CLASSES, name_class_flag
from analysis.edc.queries import Query
from analysis.errors import DataError, join_findings
from analysis.io.not_collected import list_not_collected, mark_not_collected

Needs = Mapping[str, tuple[tuple[str, ...], ...]]
"""By column: groups of columns of the export, of each of which one at least must be there."""

BASELINE = ("dm", "bl", "evt")
_ICH, _CLASS, _DATE = ("ich.SICH",), ("ich.ICHTYPE",), ("ich.ICHDTC",)
_PLANNED = ("ex.EXPDOSE", "dm.WEIGHT")
_SCORE, _BASELINE_SCORE = ("nihss.NIHSS",), ("bl.NIHSSBL",)
_FORM = ("eq5d.EQDTC",)

IN_ADSL: Needs = {
    "LKWRNDH": (("bl.LKWDTC",),),
    "PUNCRECM": (("evt.PUNCDTC",), ("evt.RECANDTC",)),
    "MRSPRGR1": (("bl.MRSPRE",),),
    "RFICEMFL": (("dm.RFICDTC",),),
    "SICH48FL": (_ICH, _DATE),
    "SICHUNFL": (_ICH, _DATE),
    "ICH48FL": (_CLASS, _DATE),
    "PH48FL": (_CLASS, _DATE),
    "ICHUNFL": (_CLASS, _DATE),
    "ICHIMGFL": (_DATE,),
    **dict.fromkeys(map(name_class_flag, CLASSES), (_CLASS, _DATE)),
    **dict.fromkeys(
        ("ECASS2FL", "ECASS2UN", "SITSMFL", "SITSMUN"), (_CLASS, _DATE, _SCORE, _BASELINE_SCORE)
    ),
    **dict.fromkeys(("ENIFL", "ENIKNFL"), (_SCORE, _BASELINE_SCORE)),
    HEMICRANIECTOMY: (("ae.AEDECOD",), ("ae.AESTDTC",)),
    "DOSEMGKG": (("dm.WEIGHT",),),
    "DOSEPCT": (_PLANNED,),
    "NIHSSH24": (_SCORE,),
    "NIHSSD7": (_SCORE,),
    "DTHCAUS": (("dd.DTHCAUS",),),
    **dict.fromkeys(MEDICATIONS, (("cm.CMCLAS",),)),
}
"""Beside these: the columns of the baseline tables, and the variables of subgroup factors."""
IN_ADAE: Needs = {
    **{
        name: ((f"ae.{name}",),)
        for name in (
            "AETERM", "AEDECOD", "AEBODSYS", "AESTDTC", "AEENDTC", "AESEV", "AESER", "AEREL",
            "AEOUT", "AEACN",
        )
    },
    **dict.fromkeys(("TRTEMFL", "ASTDT", "ASTDTF", "ASTDY"), (("ae.AESTDTC",),)),
    **dict.fromkeys(("AENDT", "AENDY"), (("ae.AEENDTC",),)),
}  # fmt: skip
IN_ADQS: Needs = {
    "NIHSS": (_SCORE,),
    **{item: ((f"eq5d.{item}",), _FORM) for item in ITEMS},
    UTILITY: (*((f"eq5d.{item}",) for item in ITEMS), _FORM),
    VAS: (("eq5d.EQVAS",), _FORM),
}
"""By parameter."""
AS_TREATED = "TRT01A"
"""Column that is known all the same: without kits as randomised (SAP 3.3)."""


def find_lacking(tables: Tables) -> frozenset[str]:
    """Return every column of the export that was not collected, as ``ich.SICH``."""
    return frozenset(
        source for frame in tables.values() for source in list_not_collected(frame).values()
    )


def list_reasons_lacking(lacking: Iterable[str], plan: Plan) -> dict[str, str]:
    """Return the per-protocol reasons that cannot be checked, and what the export lacks for each.

    ``plan``: which of them it has. A reason of several values of which one is there is checked.
    """
    needs: dict[str, tuple[tuple[str, ...], ...]] = {
        "IE": (("ie.IEORRES",),),
        **list_needs(),
        "DOSEIV": (_PLANNED,),
        "KIT": (("ex.EXKIT",),),
        "DV": (("dv.DVMAJOR",),),
    }
    found = _resolve(needs, frozenset(lacking))
    return {code: source for code, source in found.items() if code in plan.per_protocol.reasons}


def withhold_adsl(
    adsl: pd.DataFrame, tables: Tables, lacking: frozenset[str], plan: Plan
) -> pd.DataFrame:
    """Return ADSL with what was not collected missing and known as such; same rows.

    Known too: the per-protocol reasons that nobody could be checked for, by their codes.
    """
    direct = {
        RENAMED.get(column, column): ((f"{name}.{column}",),)
        for name in BASELINE
        for column in map(str, tables[name])
        if column != SUBJECT
    }
    needs = {**direct, **IN_ADSL, AS_TREATED: (("ex.EXKIT",),)}
    factors = {
        factor.variable: needs[factor.column]
        for factor in plan.subgroups.factors
        if factor.column in needs
    }
    sources = _resolve({**needs, **factors}, lacking)
    empty = _empty(adsl, (name for name in sources if name != AS_TREATED))
    return mark_not_collected(empty, sources | list_reasons_lacking(lacking, plan))


def withhold_adae(adae: pd.DataFrame, lacking: frozenset[str]) -> pd.DataFrame:
    """Return ADAE with what was not collected missing and known as such; same rows."""
    sources = _resolve(IN_ADAE, lacking)
    return mark_not_collected(_empty(adae, sources), sources)


def withhold_adqs(adqs: pd.DataFrame, lacking: frozenset[str]) -> pd.DataFrame:
    """Return ADQS without the records of parameters that were not collected: not those of deaths
    either, which would be all there is."""
    sources = _resolve(IN_ADQS, lacking)
    if not sources:
        return adqs
    kept = adqs[~adqs["PARAMCD"].isin(list(sources))].reset_index(drop=True)
    return mark_not_collected(kept, sources)


def require_covariates(adsl: pd.DataFrame, plan: Plan) -> None:
    """Raise DataError if a covariate of the primary analysis was not collected."""
    sources = list_not_collected(adsl)
    findings = [
        f"{covariate.label} ({covariate.name}): {sources[covariate.name]}"
        for covariate in plan.primary.covariates
        if covariate.name in sources
    ]
    if findings:
        raise DataError(
            join_findings(
                "Covariates of the primary analysis (SAP 5.1; key primary.covariates of the plan) "
                "are declared not collected in the mapping. Export their columns, or take the "
                "covariates out of primary.covariates: in a locked plan by an amendment.",
                findings,
            )
        )


def drop_queries(queries: Iterable[Query], lacking: frozenset[str]) -> list[Query]:
    """Return the queries without those of columns that nobody collected.

    Where the planned dose is known by the weight, its queries stay.
    """
    quiet = lacking if set(_PLANNED) <= lacking else lacking - set(_PLANNED)
    return [query for query in queries if f"{query.table}.{query.column}" not in quiet]


def _resolve(needs: Needs, lacking: frozenset[str]) -> dict[str, str]:
    """The columns that cannot be had, and what the export lacks for each."""
    found = {}
    for name, groups in needs.items():
        short = [group for group in groups if set(group) <= lacking]
        if short:
            found[name] = ", ".join(dict.fromkeys(source for group in short for source in group))
    return found


def _empty(frame: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """The frame without the values of some columns, their types kept."""
    missing = {
        name: pd.Series([None] * len(frame), index=frame.index, dtype=frame[name].dtype)
        for name in names
        if name in frame
    }
    return frame.assign(**missing) if missing else frame
