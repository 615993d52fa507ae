"""The mRS at day 90: shift, assumption, win odds, cuts, subgroups."""
