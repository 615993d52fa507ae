"""Drawing in inches: canvas, frame, fonts, typography, colours, axes, layout of labels."""
