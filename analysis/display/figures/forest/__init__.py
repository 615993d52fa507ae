"""Forest plots of odds ratios: cut points, sensitivity analyses, subgroups."""
