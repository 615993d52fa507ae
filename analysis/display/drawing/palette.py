"""Colours: a sequential ramp that survives colour blindness and a grey printer, and ink for it."""

from collections.abc import Sequence

from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

MRS_RAMP = ("#F5F2CF", "#B4D6A2", "#65B893", "#12968F", "#077080", "#074C67", "#012B4F")
"""mRS 0 to 6. CIE lightness falls in equal steps of 13 from 95 to 17: the order stays in grey."""

INK = "#1A1A1A"
BLACK = "#000000"
"""On colours: a middle one needs all the contrast that there is."""
PAPER = "#FFFFFF"
QUIET = "#5A5A5A"
RULE = "#8C8C8C"
STAMP = "#8B1A1A"
ACCENT = "#074C67"
BAND = "#D7E3EA"


def ramp(steps: int) -> tuple[str, ...]:
    """Return ``steps`` colours, best outcome first; seven are the ramp of the mRS itself."""
    if steps == len(MRS_RAMP):
        return MRS_RAMP
    scale = LinearSegmentedColormap.from_list("mrs", MRS_RAMP)
    return tuple(to_hex(scale(step / (steps - 1))).upper() for step in range(steps))


def relative_luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2, 0 (black) to 1 (white)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of WCAG 2.2, 1 to 21."""
    dark, light = sorted((relative_luminance(first), relative_luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(background: str, inks: Sequence[str] = (BLACK, PAPER)) -> str:
    """Return the ink that reads best on ``background``."""
    return max(inks, key=lambda ink: contrast(ink, background))
