"""The columns of a source: titles of groups above their names, items of rows as columns."""
