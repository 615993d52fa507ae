"""ADSL, one derivation each: baseline, sets, study drug, bleeding, subgroups."""
