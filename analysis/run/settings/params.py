"""Parameters of rules: texts of a user that the workflow engine must not read as its own."""

import re

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')


def escape_braces(document: str) -> str:
    r"""Return a JSON document that says the same without a brace within a text.

    The workflow engine takes ``{n}`` in a parameter for a wildcard.

    >>> escape_braces('{"columns": {"NIHSS": "nihss_{n}"}}')
    '{"columns": {"NIHSS": "nihss_\\u007bn\\u007d"}}'
    """
    return _TEXT.sub(lambda text: text[0].replace("{", r"\u007b").replace("}", r"\u007d"), document)
