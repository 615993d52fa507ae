"""Multiple imputation of an ordinal outcome, and the pooling of its estimates."""
