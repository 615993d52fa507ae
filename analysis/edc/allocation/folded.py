"""Names and cells folded: case, width, spaces and traditional characters tell none apart."""

import re
import unicodedata

_SIMPLIFIED = str.maketrans(
    "組別療隨機試驗藥處實際計劃結對劑單雙", "组别疗随机试验药处实际计划结对剂单双"
)
_CHOICE = re.compile(r"^(?:\d{1,2}|[a-z]) ?[=:.,)、-] ?(?=\S{3})")
_GROUP = re.compile(r"(?<=\S)(?: (?:group|grp|arm)| ?组)$")


def fold_name(name: str) -> str:
    """Return letters and digits of a name or label: ``Rand. Group`` is one with ``RAND_GROUP``."""
    return "".join(char for char in _fold(name) if char.isalnum())


def fold_cell(text: str) -> str:
    """Return a whole cell folded, without the choice before it (``1=``) and ``group`` behind it."""
    return _GROUP.sub("", _CHOICE.sub("", " ".join(_fold(text).split())))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_SIMPLIFIED)
