"""SDTM data sets with supplemental qualifiers, as SAS transport files and as Dataset-JSON."""
