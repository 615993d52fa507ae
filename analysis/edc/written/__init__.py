"""How an export writes its cells: forms of dates, decimal marks, plausible dates, and remedies."""
