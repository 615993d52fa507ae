"""The items of CONSORT 2025 in words of our own, and where a report of this run answers them.

Hopewell S et al, CONSORT 2025 statement: updated guideline for reporting randomised trials (PLoS
Med 2025;22:e1004587). The statement's own wording is in its table 1.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One item: its number, the section it stands under, what it asks, and where it is answered.

    ``locations``: ids of tables and listings, names of figures, ids of sections of the report.
    """

    number: str
    section: str
    asks: str
    locations: tuple[str, ...] = ()


def _items(section: str, *items: tuple[str, str, tuple[str, ...]]) -> tuple[Item, ...]:
    return tuple(Item(number, section, asks, locations) for number, asks, locations in items)


ITEMS = (
    *_items(
        "Title and abstract",
        ("1a", "The title says that the trial is randomised", ()),
        ("1b", "Structured summary: design, methods, results, conclusions", ("words",)),
    ),
    *_items(
        "Open science",
        ("2", "Registry, number with its address, date of registration", ()),
        ("3", "Where protocol and statistical analysis plan can be read",
         ("methods", "assumptions", "t_audit_settings")),
        ("4", "Whether and how data, data dictionary and code are shared", ("t_audit_hashes",)),
        ("5a", "Funding and other support, and the part funders had", ()),
        ("5b", "Conflicts of interest of the authors", ()),
    ),
    *_items(
        "Introduction",
        ("6", "Background and rationale", ()),
        ("7", "Objectives, on benefits and on harms", ("methods",)),
    ),
    *_items(
        "Methods",
        ("8", "How patients or the public took part", ()),
        ("9", "Design: kind of trial, allocation ratio, framework", ()),
        ("10", "Important changes after the start, and outcomes or analyses not prespecified",
         ("t_audit_changes",)),
        ("11", "Settings and places", ("recruitment",)),
        ("12a", "Eligibility of participants", ("t_pp_reasons",)),
        ("12b", "Eligibility of sites and of those who treat", ()),
        ("13", "Intervention and comparator, so that they can be repeated", ("t_exposure",)),
        ("14", "Outcomes: variable, metric, summary, time point", ("methods",)),
        ("15", "How harms are defined and were assessed", ("methods",)),
        ("16a", "How the sample size was found", ()),
        ("16b", "Interim analyses and stopping rules", ()),
        ("17a", "Who made the random sequence, and how", ()),
        ("17b", "Kind of randomisation and its restrictions", ()),
        ("18", "How the sequence was concealed", ()),
        ("19", "Whether those who enrolled and assigned could know the sequence", ()),
        ("20a", "Who was blinded", ("t_audit_state",)),
        ("20b", "How blinding was achieved, how alike the interventions were", ()),
        ("21a", "Methods that compare the arms, on benefits and harms", ("methods",)),
        ("21b", "Who belongs to each analysis, and in which arm", ("t_populations", "methods")),
        ("21c", "What was done about missing data", ("missing", "methods")),
        ("21d", "Further analyses: subgroups, sensitivity; prespecified or not", ("methods",)),
    ),
    *_items(
        "Results",
        ("22a", "By arm: randomised, treated, analysed for the primary outcome",
         ("consort", "t_populations")),
        ("22b", "By arm: losses and exclusions after randomisation, with reasons",
         ("consort", "t_missing", "t_pp_reasons")),
        ("23a", "Dates of recruitment and of follow-up", ("recruitment",)),
        ("23b", "Why the trial ended or was stopped", ("recruitment",)),
        ("24a", "Intervention and comparator as they were given", ("t_exposure",)),
        ("24b", "Concomitant care", ("t_exposure",)),
        ("25", "Baseline by arm", ("t_baseline", "love_plot")),
        ("26", "Every outcome: numbers, result by arm, effect with precision, relative and "
         "absolute",
         ("t_primary", "t_secondary", "grotta_itt")),
        ("27", "All harms by arm", ("t_safety", "t_ae_overview", "t_ae_soc_pt", "l_deaths")),
        ("28", "Other analyses: subgroups, sensitivity; prespecified or not",
         ("t_sensitivity", "t_subgroups", "t_tipping_point")),
    ),
    *_items(
        "Discussion",
        ("29", "Interpretation, weighing benefits and harms, with other evidence", ()),
        ("30", "Limitations: bias, imprecision, generalisability, multiplicity", ("missing",)),
    ),
)  # fmt: skip
"""In the order of the statement."""
