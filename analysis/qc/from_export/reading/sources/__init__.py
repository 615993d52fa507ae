"""Every kind of source as columns of text, by no code of ``analysis.edc``."""
