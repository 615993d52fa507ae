"""The truth behind the demonstration trial."""
