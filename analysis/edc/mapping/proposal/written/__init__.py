"""A proposal as the text of a mapping: keys of each table, with comments that say why."""
