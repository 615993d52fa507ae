"""ADQS: mRS, NIHSS and EQ-5D-5L, and which assessments each analysis uses."""
