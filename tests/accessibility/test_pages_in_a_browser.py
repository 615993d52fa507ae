"""The pages of a run in a real browser: at two widths under axe-core, and what a copy holds.

Only ``make accessibility`` runs these: they need Chromium and a file that is not part of the
project, and fail where either is lacking. axe-core (MPL 2.0) is used as it is, from outside.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import html

pytestmark = pytest.mark.accessibility

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = {"desk": 1280, "phone": 390}
NARROWEST = 1400
"""Of the browser's own window, which cannot be as narrow as a phone: pages stand in a frame."""

PAGES = ("report", "tables/t_estimands", "tables/t_baseline", "tables/t_tipping_point",
         "tables/l_serious", "tables/l_deaths")  # fmt: skip
SECONDS = 300
NOT_FOR_A_MACHINE = {
    "th-has-data-cells": "a heading over all columns has no cell of its own; each row repeats it",
    "color-contrast": "letters over bars; tests/unit/display/drawing/test_palette.py has them",
}
"""Rules whose answer may be that somebody must look, and why that is right."""

PLAIN = (
    ".scroll { background: none !important; overflow: visible !important; }"
    " .stamp { position: static !important; }"
)
"""No shadow, no cut and no sticky bar lies over a text while its contrast is measured."""

AXE = """
<script src="{axe}"></script>
<script>
addEventListener("load", async () => {{
  document.querySelectorAll("details").forEach((part) => {{ part.open = true; }});
  const wide = document.documentElement.scrollWidth;
  document.head.appendChild(document.createElement("style")).textContent = "{plain}";
  const found = await axe.run(document, {{ resultTypes: ["violations", "incomplete"] }});
  const pick = (rules) => rules.map((rule) => ({{
    rule: rule.id, impact: rule.impact, help: rule.help,
    where: rule.nodes.slice(0, 5).map((node) => node.target.join(" ")),
  }}));
  parent.postMessage({{ wide, width: innerWidth, violations: pick(found.violations),
    incomplete: pick(found.incomplete) }}, "*");
}});
</script>
"""
COPY = """
<script>
addEventListener("load", () => {
  const clipboardData = new DataTransfer();
  const copy = new ClipboardEvent("copy", { clipboardData });
  document.execCommand = () => { document.dispatchEvent(copy); return true; };
  document.querySelector("button.copy").click();
  const held = Object.fromEntries([...clipboardData.types].map(
    (type) => [type, clipboardData.getData(type)]));
  parent.postMessage({ held, said: document.getElementById("said").textContent }, "*");
});
</script>
"""
"""Copies as a reader does; only the clipboard is one that a script may read."""

FRAME = """<!DOCTYPE html>
<iframe src="{page}" style="width: {width}px; height: 900px; border: 0"></iframe>
<pre id="found"></pre>
<script>
addEventListener("message", (event) => {{
  document.getElementById("found").textContent = JSON.stringify(event.data);
}});
</script>
"""


@pytest.fixture(scope="session")
def axe(request: pytest.FixtureRequest) -> Path:
    """The checker itself."""
    path = Path(request.config.getoption("--axe"))
    if not path.is_file():
        pytest.fail(
            "axe.min.js is not given: fetch it (npm pack axe-core) and name it with "
            "make accessibility AXE=package/axe.min.js",
            pytrace=False,
        )
    return path.resolve()


@pytest.fixture(scope="session")
def browser() -> str:
    """The program of the browser."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("no Chromium is installed (Debian: apt-get install chromium)", pytrace=False)
    return found


@pytest.fixture(scope="session")
def pages(request: pytest.FixtureRequest) -> Path:
    """The folder of a finished run."""
    folder = Path(request.config.getoption("--pages"))
    if not (folder / "report.html").is_file():
        pytest.fail(f"{folder} holds no report.html: run make first", pytrace=False)
    return folder


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    name: str, size: str, pages: Path, axe: Path, browser: str, tmp_path: Path
) -> None:
    found = check_page(pages / f"{name}.html", WIDTHS[size], axe, browser, tmp_path)
    assert found["width"] == WIDTHS[size]
    assert found["wide"] <= WIDTHS[size], "the page itself scrolls sideways"
    assert found["violations"] == []
    open_ones = [part for part in found["incomplete"] if part["rule"] not in NOT_FOR_A_MACHINE]
    assert open_ones == []


def test_a_page_with_faults_is_found_out(axe: Path, browser: str, tmp_path: Path) -> None:
    page = tmp_path / "faulty.html"
    page.write_text(
        '<!DOCTYPE html><html><body><p style="color: #aaa">pale</p><img src=""></body></html>',
        encoding="utf-8",
    )
    found = check_page(page, WIDTHS["desk"], axe, browser, tmp_path)
    rules = {part["rule"] for part in found["violations"]}
    assert {"html-has-lang", "image-alt", "color-contrast", "region"} <= rules


def test_a_copied_table_keeps_its_columns(pages: Path, browser: str, tmp_path: Path) -> None:
    table = pages / "tables" / "t_secondary"
    answer = show_page(table.with_suffix(".html"), WIDTHS["desk"], COPY, browser, tmp_path)
    title, *lines = answer["held"]["text/plain"].split("\n")
    rows = list(csv.reader(table.with_suffix(".csv").read_text(encoding="utf-8").splitlines()))
    texts = [row[2:-2] for row in rows]
    notes = [row[2] for row in rows if row[0] == "Footnote"]
    cells = texts[: len(texts) - len(notes)]
    assert answer["said"] == f"Copied: {title}"
    assert lines[len(lines) - len(notes) :] == notes
    copied = [line.split("\t") for line in lines[: len(lines) - len(notes)]]
    assert [line for line in copied if len(line) > 1] == cells
    pasted = html.fromstring(answer["held"]["text/html"])
    marked = [cell.get("style") for cell in pasted.iter("td", "th")]
    assert all("mso-number-format:'\\@'" in style for style in marked)
    spread = [[cell.text_content() for cell in row] for row in pasted.iter("tr") if len(row) > 1]
    assert spread == cells


def check_page(page: Path, width: int, axe: Path, browser: str, folder: Path) -> dict[str, Any]:
    """What axe finds on a page that is shown ``width`` pixels wide."""
    script = AXE.format(axe=axe.as_uri(), plain=PLAIN)
    return show_page(page, width, script, browser, folder)


def show_page(page: Path, width: int, script: str, browser: str, folder: Path) -> dict[str, Any]:
    """What a script that is put into a page tells, where the page is ``width`` pixels wide."""
    head, end, rest = page.read_text(encoding="utf-8").rpartition("</body>")
    shown, frame = folder / "shown.html", folder / "frame.html"
    shown.write_text(head + script + end + rest, encoding="utf-8")
    frame.write_text(FRAME.format(page=shown.as_uri(), width=width), encoding="utf-8")
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        f"--user-data-dir={folder / 'profile'}", f"--window-size={NARROWEST},1000",
        "--virtual-time-budget=120000", "--dump-dom", frame.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    found = re.search(r'<pre id="found">(.+?)</pre>', done.stdout, re.DOTALL)
    assert found, f"the browser gave no answer: {done.stderr[-2000:]}"
    answer: dict[str, Any] = json.loads(unescape(found[1]))
    return answer
