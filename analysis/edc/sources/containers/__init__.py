"""Archives that hold files of an export: each member in memory, nothing unpacked to the disk."""
