"""Documents: tables and report as RTF and DOCX, from the same models as the pages."""
