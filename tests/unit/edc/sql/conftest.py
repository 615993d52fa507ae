"""Builders: the query that keys of a table stand for, and what it makes of small sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

from analysis.config.load import parse_model
from analysis.config.mapping import TableMapping
from analysis.edc.layout import Layout
from analysis.edc.sql.engine import Engine
from analysis.edc.sql.short_form.write import Query, write_query

Sources = Mapping[str, Mapping[str, list[str]]]
Make = Callable[..., tuple[Query, pd.DataFrame]]


@pytest.fixture
def make_table(layout: Layout) -> Make:
    """Return the query of one table, and what it gives; nothing, where it has findings."""

    def make(name: str, sources: Sources, /, **keys: Any) -> tuple[Query, pd.DataFrame]:
        engine = Engine()
        frames = {source: pd.DataFrame(cells, dtype=str) for source, cells in sources.items()}
        for source, frame in frames.items():
            engine.add_source(source, frame, f"{source}.csv")
        headers = {source: tuple(map(str, frame.columns)) for source, frame in frames.items()}
        spec = parse_model(TableMapping, keys, "test")
        query = write_query(name, spec, layout.tables[name], headers)
        return query, pd.DataFrame() if query.findings else engine.run(query.sql)

    return make
