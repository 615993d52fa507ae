"""Records of jobs: inputs and outputs of each, so that nothing stale looks current."""
