"""A figure as a picture of a document: its size and the words that it carries."""

import io
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

from analysis.errors import AnalysisError

POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Picture:
    """A PNG with its size in points, its title and its alternative text."""

    content: bytes
    width: float
    height: float
    title: str
    alternative: str

    def fit(self, width: float, height: float) -> float:
        """Return the width, points, at which it is no larger than ``width`` and ``height``."""
        return self.width * min(1.0, width / self.width, height / self.height)


def read_picture(content: bytes, name: str) -> Picture:
    """Return the picture; raises AnalysisError if it is no PNG with title and description."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            image.load()
            info, pixels = image.info, image.size
    except UnidentifiedImageError:
        raise AnalysisError(f"the figure {name} is not a PNG") from None
    lacking = [key for key in ("Title", "Description", "dpi") if key not in info]
    if lacking:
        raise AnalysisError(f"the figure {name} does not say its {', '.join(lacking)}")
    width, height = (
        side / dots * POINTS_PER_INCH for side, dots in zip(pixels, info["dpi"], strict=True)
    )
    return Picture(content, width, height, str(info["Title"]), str(info["Description"]))
