"""One stream of random numbers for each part of the generation, all from one seed."""

from typing import TypeAlias

import numpy as np

Streams: TypeAlias = dict[str, np.random.Generator]

# A new part goes to the end: the streams of the others then stay as they are.
STREAMS = (
    "sites",
    "recruitment",
    "blocks",
    "kits",
    "baseline",
    "laboratory",
    "consent",
    "procedure",
    "outcome",
    "course",
    "haemorrhage",
    "causes",
    "visits",
    "ich",
    "ex",
    "bl",
    "nihss",
    "mrs",
    "eq5d",
    "ae",
    "dv",
    "cm",
    "screening",
    "fault_subjects",
    "fault_values",
)


def spawn_streams(seed: int) -> Streams:
    """Return a generator for each part; none depends on how much another has drawn."""
    children = np.random.SeedSequence(seed).spawn(len(STREAMS))
    return {
        part: np.random.default_rng(child) for part, child in zip(STREAMS, children, strict=True)
    }
