"""Tables of the layout as queries over the sources of an export, run by an embedded engine."""
