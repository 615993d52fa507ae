"""Files of each format as grids of cells, and grids as files of the format."""
