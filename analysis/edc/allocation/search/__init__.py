"""The search of an export for arms: its files, columns, cells, words, labels and names."""
