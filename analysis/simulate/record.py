"""An unblinding record of simulated lists, so that the demonstration trial can be unblinded."""

import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path


def write_record(folder: Path) -> str:
    """Return the record of the allocation lists in ``folder`` as YAML, dated today."""
    lists = sorted(folder.glob("*.csv"))
    hashes = [f"  {path.name}: {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in lists]
    head = [
        f"date: {datetime.now(UTC).date().isoformat()}",
        "authorised_by: nobody, because the demonstration trial is simulated",
        "lists:",
    ]
    return "\n".join([*head, *hashes]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(write_record(Path(sys.argv[1])))
