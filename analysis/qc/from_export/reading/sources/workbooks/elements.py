"""Elements of the parts of a workbook: their attributes, and texts that the sheets share.

Source: ECMA-376 part 1, 18.4 (shared strings).
"""

from analysis.qc.from_export.reading.sources.files.markup import local

Attributes = dict[str, str]


class Elements:
    """Gathers the attributes of all elements, and those of their ancestors' names."""

    def __init__(self) -> None:
        self.found: list[tuple[tuple[str, ...], Attributes]] = []
        self._open: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        """Gather one."""
        self._open.append(local(tag))
        plain = {local(name): value for name, value in attributes.items()}
        self.found.append((tuple(self._open), plain))

    def end(self, _: str) -> None:
        """Leave it."""
        self._open.pop()

    def data(self, _: str) -> None:
        """Texts are not gathered."""


class SharedTexts:
    """Gathers the texts of the shared strings; what tells how to pronounce them is left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._open: list[str] = []

    def start(self, tag: str, _: Attributes) -> None:
        """Begin one at ``si``."""
        self._open.append(local(tag))
        if self._open[-1] == "si":
            self._pieces = []

    def end(self, _: str) -> None:
        """End it."""
        if self._open.pop() == "si":
            self.found.append("".join(self._pieces))

    def data(self, text: str) -> None:
        """A piece of a text."""
        if self._open[-1] == "t" and "rPh" not in self._open:
            self._pieces.append(text)
