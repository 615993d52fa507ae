"""What each job made and of what, so that nothing stale looks current."""
