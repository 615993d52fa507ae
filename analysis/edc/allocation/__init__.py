"""Who got which arm: the lists, a blinded run's dummy lists, and whether an export tells."""
