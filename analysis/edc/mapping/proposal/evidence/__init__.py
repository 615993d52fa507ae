"""Evidence of cells: types, codes, dates, units and tick boxes of a column that may be meant."""
