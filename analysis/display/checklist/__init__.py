"""The CONSORT 2025 checklist, item by item, with what a run gives to each."""
