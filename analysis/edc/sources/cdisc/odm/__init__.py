"""ODM-XML 1.3 snapshots: metadata and clinical data, one table an item group."""
