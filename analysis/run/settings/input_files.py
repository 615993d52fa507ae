"""The files that a run reads: export and allocation lists, or those of the demonstration trial."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from analysis.config import Mapping, Plan
from analysis.edc.layout import load_layout
from analysis.edc.sources.folder import list_read, list_tables
from analysis.errors import ConfigError

DEMO_ROOT = Path("data/demo")
DEMO_NAME = "demonstration trial"
SIMULATED = "SIMULATED.txt"
"""A file of this name in the folder of an export says that nobody was ever treated."""
SIMULATED_TEXT = "Simulated data. Nobody was ever treated; every result of them carries a stamp.\n"


@dataclass(frozen=True)
class Sources:
    """``tables``: those that reading makes: all that must be there, and the optional ones that are.

    ``export``: the files of the export; the mark of simulated data comes last, if it is there.
    ``lists``: the two allocation lists; none in a blinded run. ``is_simulated``: the data are
    declared to be nobody's.
    """

    is_demo: bool
    is_simulated: bool
    tables: tuple[str, ...]
    export: tuple[Path, ...]
    lists: tuple[Path, ...]

    @property
    def edc_dir(self) -> Path:
        """Folder of the export."""
        return self.export[0].parent

    def without_lists(self) -> Sources:
        """Return the sources of a blinded run, which does not know where lists may lie."""
        return replace(self, lists=())

    @property
    def are_there(self) -> bool:
        """Whether every file is there; those of the demonstration trial may not have been made."""
        return all(path.is_file() for path in (*self.export, *self.lists))


def find_sources(mapping: Mapping, plan: Plan) -> Sources:
    """Return the files that the mapping names, as they lie there now.

    Raises ConfigError for a folder without tables and for missing lists, DataError for an absent
    folder.
    """
    if mapping.edc_dir is None:
        if mapping.unblinding_dir is not None:
            raise ConfigError(
                "unblinding_dir is given without edc_dir: the lists belong to an export. Give "
                "both, or neither for the demonstration trial"
            )
        return _list_demo(plan)
    layout, folder = load_layout(), Path(mapping.edc_dir)
    files = list_tables(folder, mapping)
    found = sorted(list_read(folder, mapping))
    if not found:
        raise ConfigError(f"edc_dir = {folder}: the folder holds no table ({mapping.format})")
    queried = {name for name, spec in mapping.tables.items() if spec.is_query}
    there = {*files, *queried}
    tables = (name for name, table in layout.tables.items() if not table.optional or name in there)
    mark = folder / SIMULATED
    return Sources(
        is_demo=False,
        is_simulated=mark.is_file(),
        tables=tuple(tables),
        export=(*found, mark) if mark.is_file() else tuple(found),
        lists=_list_lists(mapping),
    )


def _list_lists(mapping: Mapping) -> tuple[Path, ...]:
    if mapping.unblinding_dir is None:
        return ()
    folder = Path(mapping.unblinding_dir)
    lists = tuple(folder / f"{name}.csv" for name in load_layout().unblinding)
    absent = [str(path) for path in lists if not path.is_file()]
    if absent:
        raise ConfigError(f"unblinding_dir: no such file: {', '.join(absent)}")
    return lists


def _list_demo(plan: Plan) -> Sources:
    root, layout = DEMO_ROOT / plan.trial.registry_id, load_layout()
    return Sources(
        is_demo=True,
        is_simulated=True,
        tables=tuple(layout.tables),
        export=(
            *(root / "edc" / f"{name}.csv" for name in layout.tables),
            root / "edc" / SIMULATED,
        ),
        lists=tuple(root / "unblinding" / f"{name}.csv" for name in layout.unblinding),
    )
