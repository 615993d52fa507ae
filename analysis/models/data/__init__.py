"""What models are given, checked: levels, columns, weights, labels, terms, design matrices."""

from analysis.models.data.arrays import read_columns, read_levels, read_vector, read_weights
from analysis.models.data.design_matrix import Basis, build_basis
from analysis.models.data.labels import Label, read_labels
from analysis.models.data.terms import ProportionalityTests, Term, Terms, TermTest, read_terms

__all__ = [
    "Basis", "Label", "ProportionalityTests", "Term", "TermTest", "Terms", "build_basis",
    "read_columns", "read_labels", "read_levels", "read_terms", "read_vector", "read_weights",
]  # fmt: skip
