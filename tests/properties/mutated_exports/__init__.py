"""Exports changed at random and analysed in this process: a result or a message."""
