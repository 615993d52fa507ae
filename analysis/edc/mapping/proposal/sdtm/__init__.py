"""What the names of SDTM tell: domains, their records, and answers in rows of their own."""
