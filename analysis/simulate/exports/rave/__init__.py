"""Medidata Rave: a data set a form with raw, standard and interval twins; the ALS workbook."""
