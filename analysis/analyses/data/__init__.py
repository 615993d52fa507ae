"""Subjects, covariates and designs that analyses start from."""
