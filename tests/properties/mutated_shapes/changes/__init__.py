"""Changes: of cells, rows and columns, of elements, of whole files, of the mapping."""
