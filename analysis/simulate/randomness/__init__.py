"""Streams of random numbers, and draws from them."""
