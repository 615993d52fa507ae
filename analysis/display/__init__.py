"""Figures, tables and the report, made from the results frame (``ard.csv``) and the plan alone.

A display computes no estimate: it looks a number up (``ard``), turns it into text (``format``)
and puts it in its place. Modules that draw import matplotlib and plotnine; tables and the report
do not.
"""
