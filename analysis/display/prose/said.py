"""What one subject has to say in an abstract, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """Sentences in their order, and why others are missing, each as a sentence."""

    sentences: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def join_said(parts: Iterable[Said]) -> Said:
    """Return everything that the parts say, and leave out, in their order."""
    kept = tuple(parts)
    return Said(
        tuple(sentence for part in kept for sentence in part.sentences),
        tuple(dict.fromkeys(note for part in kept for note in part.left_out)),
    )
