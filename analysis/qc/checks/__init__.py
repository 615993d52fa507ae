"""Checks by subject: counts, risks, mRS shift, subgroups, survival, unconditional, win odds."""
