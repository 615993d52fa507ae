"""Draw the figures that a rule names by its outputs, in the presets that it asks for."""

from analysis.jobs.draw_figures import draw

draw(snakemake)
