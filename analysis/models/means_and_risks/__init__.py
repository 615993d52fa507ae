"""Two arms without an ordinal model: proportions, risk ratios, means, balance."""
