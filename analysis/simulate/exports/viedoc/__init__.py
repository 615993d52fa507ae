"""Viedoc: a file a form with two header rows (ids, labels), events, codes beside words."""
