"""Beside the scale: hierarchical win ratio, the shift in patients, tests by the randomisation."""
