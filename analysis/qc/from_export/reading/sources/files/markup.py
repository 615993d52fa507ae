"""XML as it comes, element by element, in bounded memory; nothing from outside, no entities."""

from typing import IO, NoReturn, Protocol
from xml.etree.ElementTree import ParseError, XMLParser

CHUNK = 2**20


class Target(Protocol):
    """What is told of each element; names have their namespace in braces before them."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def data(self, text: str) -> None:
        """A piece of text stands here."""


class _Guarded:
    """Passes everything on, but for a document type, which could bring in entities."""

    def __init__(self, target: Target) -> None:
        self.start, self.end, self.data = target.start, target.end, target.data

    def doctype(self, *_: str | None) -> NoReturn:
        """Raise ValueError."""
        raise ValueError("a document type stands in the XML")

    def close(self) -> None:
        """Nothing is returned."""


def parse(stream: IO[bytes], target: Target) -> None:
    """Tell a target of all elements of a stream; raises ValueError if it is no plain XML."""
    parser = XMLParser(target=_Guarded(target))
    try:
        while chunk := stream.read(CHUNK):
            parser.feed(chunk)
        parser.close()
    except ParseError as error:  # an error of syntax for Python, and none of a value
        raise ValueError(f"no well-formed XML (line {error.position[0]})") from None


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]
