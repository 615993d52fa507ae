"""Other analyses of the primary outcome: other assumptions, other estimands (SAP 6)."""
