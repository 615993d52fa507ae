"""Large exports, from their files to the analysis data sets: seconds and memory of each stage."""
