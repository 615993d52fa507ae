"""What is described and not tested."""
