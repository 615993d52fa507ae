"""Two runs at the same time in one folder of results: the second is refused, the first unharmed."""

from __future__ import annotations

import pytest

from tests.projects.workflow_project import BLINDED, Config, Going, Project, check_same

REFUSAL = "results = out: another run is working in this folder. Wait for its end"
SECOND: dict[str, tuple[Config, str]] = {
    "the same": ({}, REFUSAL),
    "a blinded one": (BLINDED, "the folder holds results of another mode or another export"),
    "one that cannot start": ({"unblinding_dir": "data/none"}, "unblinding_dir: no such file"),
    "one that is not locked": ({"lock": "none.json"}, "the data set is not locked"),
}


@pytest.fixture
def going(project: Project) -> Going:
    """A run that is drawing one figure anew."""
    (project.results / "figures" / "consort.png").unlink()
    going = project.start()
    going.wait_for("  ...  Drawing")
    return going


def test_a_second_run_is_refused(complete: Project, project: Project, going: Going) -> None:
    with going.paused():
        ends = {name: project.run(config=config) for name, (config, _) in SECOND.items()}
        looks = [project.run("-n"), project.run("lock", config={"lock": "new.json"})]
    check_same(complete.outputs(), project, going.end())
    for name, (_, words) in SECOND.items():
        assert ends[name].status == 1, name
        assert words in ends[name].message, name
        assert ends[name].jobs == [], name
    assert [look.status for look in looks] == [0, 0]
