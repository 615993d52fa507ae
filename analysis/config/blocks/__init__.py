"""Blocks of the plan: outcome, primary, secondary, shift, subgroups, eligibility, safety."""
