"""A parameter that holds texts of a user is no pattern of the workflow engine."""

import json

import pytest
from snakemake.io import get_wildcard_names

from analysis.run.settings.params import escape_braces

TEXTS = ("nihss_{n}", "{", "}{", '"{a}"', "\\{n}", "", "中{n}文", "{{n}}", '\\"{n}')


@pytest.mark.parametrize("text", TEXTS)
def test_the_same_document_without_a_wildcard(text: str) -> None:
    document = json.dumps({"columns": {text: [text]}}, ensure_ascii=False)
    escaped = escape_braces(document)
    assert json.loads(escaped) == json.loads(document)
    assert get_wildcard_names(escaped) == set()


def test_a_document_without_braces_in_its_texts_stays_as_it_is() -> None:
    document = '{"tables":{"mrs":{"columns":{"MRS":"score"}}}}'
    assert escape_braces(document) == document
