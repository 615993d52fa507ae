"""Jobs of the data queries: gathering them for the sites, holding them against the plan."""
