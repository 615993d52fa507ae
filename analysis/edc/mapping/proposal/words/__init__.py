"""Words by which columns, codes and forms are known, and how like a name is to them."""
