"""Texts that stand where nobody awaits them, and others of the same file."""

from __future__ import annotations

import random

from tests.properties.mutated_shapes.formats.grid import Grid, write_cell

TEXTS = (
    "", " ", "NA", ".", "/", "未查", "0", "1", "2", "9", "-1", "99", "-99", "999", "-95", "UNK",
    "NI", "1e3", "1e999", "-1e999", "Infinity", "NaN", "nan", "0x10", "1_000", "3,5", "1,234.5",
    "１２", "Ｍ", "７", "½", "−5", "-0.0", "5.", "9" * 40, "Y", "N", "yes", "Unchecked", "Checked",
    "2026-02-30", "2026-13-01", "0001-01-01", "9999-12-31 23:59", "03-04-2026 10:00", "2026",
    "04/03/2026", "11 APR 2026 10:00", "2026年3月1日", "46000", "46000.5", "70 kg", "5.4 mmol/L",
    "<5", ">200", "=1+1", "=1/0", "#N/A", "#DIV/0!", "@x", "+1", "a\0b", "\0", "a\nb", "a\tb",
    "\u00a0", "\ufeffx", "\u202eabc", "'", '"', '""', ";", "x" * 300, "x" * 40_000, "京", "\ufffd",
    "<b>&amp;</b>", "{x}", "None", "null", "MPSS", "Placebo", "S01-999", "\U0001f600",
)  # fmt: skip


def pick_text(rng: random.Random, grid: Grid, column: int, cell: str) -> str:
    """A text to be written in the place of ``cell``."""
    others = [write_cell(row[column]) for row in grid.rows if column < len(row)]
    return rng.choice((
        rng.choice(TEXTS), rng.choice(TEXTS), rng.choice(TEXTS), rng.choice(others or ["x"]),
        spell_otherwise(rng, cell), write_cell(rng.choice(rng.choice(grid.rows) or [""])),
    ))  # fmt: skip


def spell_otherwise(rng: random.Random, text: str) -> str:
    """The same text, written in another way, or nearly the same."""
    digits = "".join(filter(str.isdigit, text))
    full = str.maketrans("0123456789", "０１２３４５６７８９")
    return rng.choice((
        text.lower(), text.upper(), f" {text}", f"{text}\u00a0", text.replace("-", ""),
        text.replace("-", "_"), text.translate(full), digits, text.lstrip("0"), f"0{text}",
        text[:-1], f"{text}.0", f"{text}{text}", text.replace(".", ","),
        "-".join(reversed(text.split("-"))),
        text.replace("-", "/"), f"{text}:00", f"{text} ?", f"{text}\u200b",
    ))  # fmt: skip
