"""Checks by subject: counts, risks, mRS shift, subgroups, survival, win odds."""
