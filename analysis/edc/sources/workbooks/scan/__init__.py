"""What a sheet holds that its values do not tell: errors, formulas, merged and hidden cells."""
