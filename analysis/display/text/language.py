"""Words in the language that applies now: English as written in the code, or its Chinese.

The English text is the key, as in gettext; a test holds that every text has its Chinese.
"""

import re
from collections.abc import Iterable, Sequence

from analysis.display.presets import Language, active_preset
from analysis.display.text.chinese import read_chinese
from analysis.errors import AnalysisError

_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN_WORD = re.compile("[A-Za-z][a-z]{2,}")


def is_chinese() -> bool:
    """Return whether words are Chinese now."""
    return active_preset().language is Language.CHINESE


def say(words: str, **values: object) -> str:
    """Return ``words`` in the language that applies now, ``{names}`` replaced by ``values``.

    Raises AnalysisError if the text has no Chinese.
    """
    if not is_chinese():
        return words.format(**values) if values else words
    chinese = read_chinese().words.get(words)
    if chinese is None:
        raise AnalysisError(f"the figures have no Chinese for {words!r}")
    return chinese.format(**values) if values else chinese


def say_label(label: str) -> str:
    """Return a label of the plan in the language that applies now.

    Its Chinese comes from the file of the trial's labels; a label that is Chinese already, or
    holds no word (``M1``, ``<70``), stays as it is. Raises AnalysisError if there is none.
    """
    if not is_chinese() or not lacks_chinese(label):
        return active_preset().labels.get(label, label) if is_chinese() else label
    raise AnalysisError(f"the plan's label {label!r} has no Chinese in the file of labels")


def lacks_chinese(label: str) -> bool:
    """Return whether a label of the plan needs a Chinese word and has none."""
    known = label in active_preset().labels or _HAN.search(label)
    return not known and bool(_LATIN_WORD.search(label))


def join_sentences(sentences: Iterable[str]) -> str:
    """Return sentences one after the other; Chinese puts no space between them."""
    return ("" if is_chinese() else " ").join(sentence for sentence in sentences if sentence)


def join_words(words: Sequence[str]) -> str:
    """Return a list in words: ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    if is_chinese():
        return f"{'、'.join(words[:-1])}和{words[-1]}"
    return f"{', '.join(words[:-1])} and {words[-1]}"
