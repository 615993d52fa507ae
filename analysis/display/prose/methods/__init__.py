"""Methods in words: primary analysis, co-reported and sensitivity analyses, all others."""
