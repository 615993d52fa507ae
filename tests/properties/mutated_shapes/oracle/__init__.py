"""What may differ after a change: only what it wrote, or what a query or a message tells."""
