"""The cumulative-logit likelihood: its data, derivatives and covariances."""
