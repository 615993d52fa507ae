"""The HTML templates of tables and report: everything is escaped, what is undefined is an error."""

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from analysis.io.printable import clean_printed


def render_template(name: str, **content: object) -> str:
    """Return the template ``name`` of this folder, filled with ``content`` as it can be printed."""
    return _environment().get_template(name).render(**content)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_clean,
    )
    environment.tests["sha256"] = _is_sha256
    environment.filters["css_text"] = _quote_css
    return environment


def _clean(value: object) -> object:
    """A text as it can be printed; markup is our own."""
    return clean_printed(value) if type(value) is str else value


def _quote_css(text: str) -> Markup:
    """The text as a string of a style sheet, where entities of HTML mean nothing."""
    written = (
        character
        if re.fullmatch(r"[A-Za-z0-9 ,.:-]", character)
        else f"\\{hex(ord(character))[2:]} "
        for character in text
    )
    return Markup(f'"{"".join(written)}"')


def _is_sha256(text: str) -> bool:
    return re.fullmatch(r"[0-9a-f]{64}", text) is not None
