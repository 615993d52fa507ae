"""The tests of the project, in folders that mirror its own."""

import analysis  # noqa: F401 - limits the threads of linear algebra, before numpy is loaded
