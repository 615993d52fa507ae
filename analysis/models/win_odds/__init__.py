"""Win odds, rank tests and what is derived from them."""
