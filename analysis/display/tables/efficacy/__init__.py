"""Efficacy tables: primary, proportionality, secondary, sensitivity, subgroups, tipping point."""
