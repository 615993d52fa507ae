"""Yes and no in any spelling (docs/edc_tables.md, "Yes and no"), written out from the document."""

from collections.abc import Collection
from unicodedata import normalize

YES = frozenset((
    "1", "x", "√", "✓", "✔", "☑", "y", "yes", "true", "t", "checked", "ticked", "on", "是", "有",
    "对", "對", "j", "ja", "wahr", "oui", "vrai", "s", "si", "sí", "verdadero", "sì", "vero", "sim",
    "verdadeiro", "はい", "あり", "有り",
))  # fmt: skip
NO = frozenset((
    "0", "☐", "n", "no", "false", "f", "unchecked", "unticked", "off", "否", "无", "無", "没有",
    "不是", "错", "錯", "nein", "falsch", "non", "faux", "falso", "não", "nao", "いいえ", "なし",
    "無し",
))  # fmt: skip


def say_yes_no(text: str, all_texts: Collection[str]) -> str:
    """Return Y, N, or the text itself; beside a 2 in its column, 1 and 0 are not understood."""
    plain = normalize("NFKC", text).strip().lower().removesuffix(".")
    if plain in ("0", "1") and any(normalize("NFKC", each).strip() == "2" for each in all_texts):
        return text
    return "Y" if plain in YES else "N" if plain in NO else text
