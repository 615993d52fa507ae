"""Any text at all: every code point of Unicode, and the ones that break files more often."""

from __future__ import annotations

from hypothesis import strategies as st

AWKWARD = (
    "\0", "\t", "\n", "\r", "\r\n", "\v", "\f", "\x1b", "\x1c", "\x7f", "\x85", "\xa0", "\xad",
    "\u0301", "\u061c", "\u200b", "\u200d", "\u202e", "\u2028", "\u2029", "\u2066", "\ufdd0",
    "\ufeff", "\ufffd", "\ufffe", "\uffff", "\ud800", "\udc80", "\udfff", "\U0001ffff",
    "\U0001d400", "\U000e0041", "京",
    "＝", "＋", "－", "＠", "=", "+", "-", "@", "'", '"', ",", ";",
    "<", ">", "&", "]]>", "\\", "{", "}", "$", "%", " ", "0", "1.5", "NA", "nan",
)  # fmt: skip
ANY_CHARACTER = st.characters(exclude_categories=()) | st.sampled_from(AWKWARD)
ANY_TEXT = st.lists(ANY_CHARACTER, max_size=12).map("".join)
FORMULAS = (
    "=cmd()", "=1+2", '=HYPERLINK("http://127.0.0.1","x")', "+1", "-1+2", "@x", "\t=1", "\r=1",
    "＝1+2", "＋1", "－1", "＠x", " =1", "\xa0=1", "'=1", "''=1", "-", "--", "-x", "+", "-1-2",
    "-1 (cmd)", "-1 to =2", "-1)", "-(1)", "-1 (2)=3", "=", "@", "\t", "\r", "\tx",
)  # fmt: skip
NUMBERS = (
    "-1", "-1.5", "-1.5e-05", "-1,060", "-12%", "-0.5 (-1.2 to 0.3)", "-12 to 13", "-1 (2)",
    "-1.0 (-2.0, 3.0)", "0", "1.5", "<0.001", "2 (1.5%)", "1-2", "x=1", "", "'", "'x", "2026-03-04",
)  # fmt: skip
