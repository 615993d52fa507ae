"""What a trial did not collect: columns of a frame that have no values, and what they come from."""

from collections.abc import Mapping

import pandas as pd

ATTRIBUTE = "not_collected"
"""Key of ``DataFrame.attrs``, and of the metadata of a Parquet file that holds such a frame."""


def mark_not_collected(frame: pd.DataFrame, sources: Mapping[str, str]) -> pd.DataFrame:
    """Return the frame with the knowledge which of its columns were not collected.

    ``sources``: column of the frame, or parameter, or code of a reason: what the export lacks for
    it, as ``ich.SICH``. It is added to what the frame knows already.
    """
    if not sources:
        return frame
    marked = frame.copy(deep=False)
    marked.attrs[ATTRIBUTE] = list_not_collected(frame) | dict(sources)
    return marked


def list_not_collected(frame: pd.DataFrame) -> dict[str, str]:
    """Return what of a frame was not collected: by column what the export lacks for it."""
    return dict(frame.attrs.get(ATTRIBUTE, {}))
