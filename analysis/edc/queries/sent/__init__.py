"""Data queries as they are sent: each with its site and place in the export, a sheet a site."""
