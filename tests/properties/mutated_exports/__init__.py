"""Exports changed at random, read and analysed in this process: a result or a message, never more."""
