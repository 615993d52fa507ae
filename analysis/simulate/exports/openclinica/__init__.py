"""OpenClinica: a snapshot in ODM-XML 1.3.2 with its metadata and code lists."""
