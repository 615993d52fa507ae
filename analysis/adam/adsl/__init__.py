"""ADSL, one derivation each: baseline, eligibility, sets, study drug, bleeding, subgroups."""
