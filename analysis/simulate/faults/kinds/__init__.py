"""Kinds of faults: cells, rows, dates, deaths, mRS, bleeding, study drug, eligibility."""
