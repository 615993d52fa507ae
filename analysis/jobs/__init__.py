"""The jobs of the workflow: files in, the package's functions, files out."""

from analysis.run.job_records.interruption import hide_interruptions

hide_interruptions()  # before a job imports its libraries, which is when most are interrupted
