"""Statistical models: arrays in, frozen results out. No data frames, no clinical words."""
