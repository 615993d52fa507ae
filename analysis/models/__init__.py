"""Statistical models: arrays in, frozen results out. No data frames, no clinical words.

Each package offers what its own ``__all__`` names, with examples (docs/engine.md).
"""
