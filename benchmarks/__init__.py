"""Speed of the ordinal engine beside R (README.md)."""
