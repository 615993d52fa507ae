"""The check's own likelihoods, their maxima by complex steps, and what follows from them."""
