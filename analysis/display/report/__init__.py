"""The report: its page, content and tables, the assumptions of the plan, the audit of the run."""
