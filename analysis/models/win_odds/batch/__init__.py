"""Win odds of many trials of one shape at once."""
