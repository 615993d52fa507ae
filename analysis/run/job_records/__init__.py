"""Records of jobs, the lock of a results folder, file dates: nothing stale may look current."""
