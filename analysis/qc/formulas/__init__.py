"""The check's own formulas: cumulative logits, win odds, risks, survival, Wald intervals."""
