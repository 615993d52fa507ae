"""Jobs of the lock: making it, holding inputs against it, verifying an archived run."""
