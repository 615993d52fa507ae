"""What a text of the export means: by its label, by a code map, or that the value is missing."""

from collections.abc import Mapping

from analysis.config.cells import MissingValues, name_reasons
from analysis.edc.cells.told import MISSING, Step
from analysis.edc.written.normal import normalise


def join_missing(*levels: MissingValues) -> dict[str, str]:
    """Return the texts for a missing value of several levels with their reasons, the last first.

    Texts are normalised; a level that gives no reason takes none away.

    >>> join_missing(("ND", "-9"), {"-9": "not done"})
    {'ND': '', '-9': 'not done'}
    """
    joined: dict[str, str] = {}
    for level in levels:
        for text, reason in name_reasons(level).items():
            joined[normalise(text)] = reason or joined.get(normalise(text), "")
    return joined


def translate(
    values: Mapping[str, str], missing: Mapping[str, str], labels: Mapping[str, str]
) -> Step:
    """Return the step by which a text gets its meaning: of a code map, else missing, else a label.

    ``values`` before ``missing``: a code that is given a meaning is not missing. ``labels``: of a
    column that is read by them, the label of each code; it is looked up once more in both.
    """
    meanings = {normalise(text): new for text, new in values.items()}
    names = {normalise(code): label for code, label in labels.items()}

    def step(text: str) -> tuple[str, str]:
        plain = normalise(text)
        for known in dict.fromkeys((plain, normalise(names.get(plain, plain)))):
            if known in meanings:
                return meanings[known], ""
            if known in missing:
                return "", f"{MISSING}{missing[known]}" if missing[known] else ""
        if not names or not text:
            return text, ""
        if plain in names:
            return names[plain].strip(), "by its label"
        return text, "code without a label"

    return step
