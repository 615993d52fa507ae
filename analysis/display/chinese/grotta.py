"""Chinese words: grotta."""

from __future__ import annotations

WORDS: dict[str, str] = {}
