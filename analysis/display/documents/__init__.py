"""Tables and report on paper: RTF and DOCX, from the same models as the pages."""
