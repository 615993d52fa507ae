"""Win ratio of two arms by outcomes in an order of priority: wins, losses and what decides them."""
