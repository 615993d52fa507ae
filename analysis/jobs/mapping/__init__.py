"""Jobs on the mapping of an export: proposed, held against the export, shown."""
