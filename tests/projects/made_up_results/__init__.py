"""Results that no run gave: a frame, and of what a run says that it was made."""
