"""Figures, tables and the report, from the results frame (``ard.csv``); listings from ADSL, ADAE.

A display computes no estimate: it looks a number up (``ard``), turns it into text (``text.format``)
and puts it in its place. Modules that draw import matplotlib and plotnine; tables and the report
do not.
"""
