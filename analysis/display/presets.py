"""Presets of figures: width of a journal, its type, the least size of a letter, the language.

What is set applies to everything that is drawn inside ``with use_preset(...)``, as the settings of
matplotlib do inside its own context; outside of any, the house's own preset applies.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from enum import StrEnum

from analysis.errors import ConfigError

MILLIMETRES_PER_INCH = 25.4
WIDEST_COLUMN = 110.0
"""Millimetres from which on a figure is wider than one column of a journal's page."""

SUFFIX_CHINESE, SUFFIX_COLUMN = "-zh", "-column"


class Language(StrEnum):
    """The language of the words in a figure."""

    ENGLISH = "en"
    CHINESE = "zh"


@dataclass(frozen=True)
class Preset:
    """How figures are set.

    ``millimetres``: the width of every figure. ``families``: fonts in order of preference; the
    later ones have the widths of the first. ``package``: what brings one of them.
    ``scale``: by how much the sizes of the house are multiplied. ``smallest``: points that no
    letter falls below. ``labels``: the plan's labels in the language of the preset.
    """

    name: str
    millimetres: float
    families: tuple[str, ...]
    package: str
    scale: float
    smallest: float
    language: Language = Language.ENGLISH
    labels: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def width(self) -> float:
        """The width of every figure, inches."""
        return round(self.millimetres / MILLIMETRES_PER_INCH, 6)

    @property
    def is_column(self) -> bool:
        """Whether figures are as narrow as one column of a page."""
        return self.millimetres < WIDEST_COLUMN

    def points(self, size: float) -> float:
        """Return at how many points a text of the house's ``size`` is set."""
        return max(size * self.scale, self.smallest)


SANS = ("Arial", "Helvetica", "Liberation Sans", "Arimo")
ROMAN = ("Times New Roman", "Times", "Liberation Serif", "Tinos")

HOUSE = Preset("house", 177.8, ("DejaVu Sans",), "matplotlib", 1.0, 0.0)
"""DejaVu Sans comes with matplotlib, so every machine draws the same glyphs."""

SMALLEST, SCALE = 8.0, 1.1
"""Least points of a letter in a journal, and the factor of all others."""

_WIDTHS = {
    "nejm": (171.0, 83.0, SANS),
    "jama": (178.0, 86.0, SANS),
    "lancet": (154.0, 75.0, ROMAN),
}
"""Of a page, of a column, typefaces; docs/decisions/pages/0013 says where each comes from."""

JOURNALS = {
    name: Preset(name, millimetres, families, "fonts-liberation", SCALE, SMALLEST)
    for journal, (page, column, families) in _WIDTHS.items()
    for name, millimetres in ((journal, page), (f"{journal}{SUFFIX_COLUMN}", column))
}
"""Presets of journals: of the width of a page, and of one column of it."""

CHINESE_FAMILIES = (
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "SimHei",
)
"""Fonts with the Chinese glyphs, with TrueType outlines, which the PDF can embed as such."""

CHINESE_PACKAGE = "fonts-wqy-microhei"

_active: ContextVar[Preset] = ContextVar("preset", default=HOUSE)


def active_preset() -> Preset:
    """Return what applies now."""
    return _active.get()


@contextmanager
def use_preset(preset: Preset) -> Iterator[None]:
    """Set everything that is drawn inside by ``preset``."""
    token = _active.set(preset)
    try:
        yield
    finally:
        _active.reset(token)


def list_names() -> tuple[str, ...]:
    """Return the names of all presets that can be asked for beside the house's own."""
    chinese = [f"{name}{SUFFIX_CHINESE}" for name in (HOUSE.name, *JOURNALS)]
    return (*JOURNALS, *chinese)


def find_preset(name: str) -> Preset:
    """Return the preset of a name, as ``lancet`` or, with Chinese words, ``lancet-zh``.

    Raises ConfigError for another name.
    """
    if name not in list_names():
        allowed = ", ".join(list_names())
        raise ConfigError(f"{name}: no such preset; must be one of {allowed}")
    journal = name.removesuffix(SUFFIX_CHINESE)
    preset = {HOUSE.name: HOUSE, **JOURNALS}[journal]
    if journal == name:
        return preset
    return replace(preset, name=name, language=Language.CHINESE)
