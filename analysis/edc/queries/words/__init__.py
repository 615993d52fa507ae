"""Words of data queries: messages and their fields, what is asked of the site, and the Chinese."""
