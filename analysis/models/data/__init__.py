"""What models are given: arrays, labels, design matrices, terms, batches."""
