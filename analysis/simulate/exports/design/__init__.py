"""The case report form of the demonstration trial: forms, fields, codes, words in two languages."""
