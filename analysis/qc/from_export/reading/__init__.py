"""The check's own reading of the export, by no code of ``analysis.edc``."""
