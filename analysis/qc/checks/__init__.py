"""Checks by subject: counts, risks, mRS shift, survival, win odds."""
