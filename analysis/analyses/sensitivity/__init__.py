"""Sensitivity and supplementary analyses: imputation, sites, other data or subjects (SAP 6)."""
