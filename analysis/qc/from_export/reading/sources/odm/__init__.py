"""ODM-XML 1.3 snapshots, element by element as they come: a table an item group."""
