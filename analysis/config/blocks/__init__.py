"""The blocks of the plan, one module each."""
