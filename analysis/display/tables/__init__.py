"""Tables of the trial, efficacy and safety, listings, and what all tables share."""
