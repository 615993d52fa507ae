"""Write the demonstration trial in the shape of an EDC system's export.

python -m analysis.simulate.exports SHAPE FOLDER [--n 300] [--plan config/trial.yaml]
"""

import argparse
import sys
from pathlib import Path

from analysis.config import load_plan
from analysis.simulate.exports.cells.carrier import describe_losses
from analysis.simulate.exports.shapes import SHAPES, write_shape
from analysis.simulate.trial import simulate_trial


def main(arguments: list[str]) -> None:
    """Write one shape and say what it cannot carry."""
    parser = argparse.ArgumentParser(prog="python -m analysis.simulate.exports")
    parser.add_argument("shape", choices=sorted(SHAPES), help="the system and its kind of export")
    parser.add_argument("folder", type=Path, help="folder to write into")
    parser.add_argument("--n", type=int, help="subjects; otherwise as the plan has it")
    parser.add_argument("--plan", type=Path, default=Path("config/trial.yaml"), help="the plan")
    given = parser.parse_args(arguments)
    plan = load_plan(given.plan)
    if given.n is not None:
        demo = plan.demo.model_copy(update={"n": given.n})
        plan = plan.model_copy(update={"demo": demo})
    carrier = write_shape(given.shape, simulate_trial(plan).tables, given.folder)
    lines = describe_losses(carrier.losses) or ["every cell of the layout is carried"]
    sys.stdout.write("\n".join([f"{given.folder}: written as {given.shape}", *lines]) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
