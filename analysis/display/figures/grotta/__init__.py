"""Grotta bars: the mRS by arm, overall, in subgroups and by analysis, with risk differences."""
