"""What the terminal shows of a run: the scheduler's own chatter is kept to its log file."""

import logging

CHATTER = (
    "Assuming unrestricted shared filesystem usage",
    "Select jobs to execute",
    "Execute ",
    "Singularity containers: ignored",
    "Using shell:",
    "Using workflow specific profile",
    "RuleException",
    "CalledProcessError",
    "Command 'set -euo pipefail;",
)


class _Quiet(logging.Filter):
    """Drops messages that tell a statistician nothing."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not record.getMessage().startswith(CHATTER)


def quieten(logger_name: str) -> None:
    """Keep the chatter of Snakemake off the terminal; errors and progress stay."""
    for handler in logging.getLogger(logger_name).handlers:
        if isinstance(handler, logging.StreamHandler) and not isinstance(
            handler, logging.FileHandler
        ):
            handler.addFilter(_Quiet())
