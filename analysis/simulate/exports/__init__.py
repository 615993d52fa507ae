"""The demonstration trial as real EDC systems export it; their mappings read it back."""
