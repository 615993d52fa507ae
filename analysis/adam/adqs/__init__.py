"""ADQS: the assessments, and which of them each analysis uses."""
