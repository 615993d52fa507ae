"""The account of a mapping: columns, rows, subjects and sources, before anything is analysed."""
