"""Solvers and the existence of what they solve for."""
