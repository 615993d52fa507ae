"""What large tables need: columns of text by Arrow, and a word on what a long step is at."""
