"""Numbers, names and sentences as text, in English or Chinese."""
