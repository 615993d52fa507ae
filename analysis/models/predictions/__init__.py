"""Level probabilities after a fit, and contrasts of them."""
