"""The door: what an export loses when it is read, counted, held against limits, and explained."""
