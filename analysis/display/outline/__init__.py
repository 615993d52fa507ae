"""What the report holds, declared once: every display with what makes it, and where it stands."""
