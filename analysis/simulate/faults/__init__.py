"""The faults that real exports have, each planted on chosen subjects and noted in the ledger."""
