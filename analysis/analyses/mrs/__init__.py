"""The mRS at day 90: shift, proportionality, win odds, dichotomies, distributions, subgroups."""
