"""What an export lacks: absent columns, and those that a trial declares not collected."""
