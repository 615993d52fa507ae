"""Reading an export: its sources become tables of text, then typed tables, with what was found."""
