"""A Chinese hospital's own database: a workbook, and the same tables as CSV in GB18030."""
