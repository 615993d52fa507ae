"""What the trial says of its primary outcome, in one place: verdict, headline, what is missing."""
