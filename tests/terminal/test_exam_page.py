"""The report as a page, in a real browser without a window."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.learner import REPOSITORY

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DECK = """deck: q
title: Q
area: train
cards:
  - {id: q-000001, kind: order, ask: In which order?, items: [one, two, three]}
  - {id: q-000002, kind: choice, ask: "Is `<b>` bold & 1 < 2?",
     options: [{text: "yes & no", right: true}, {text: <script>alert(1)</script>, because: it is wrong}]}
  - {id: q-000003, kind: statements, ask: True?, statements: [{text: So, right: true}, {text: Not, because: no}]}
"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine to look at the page with")
def test_a_browser_shows_every_question_and_runs_nothing(tmp_path: Path) -> None:
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "q.yaml").write_text(DECK, encoding="utf-8")
    page = tmp_path / "report.html"
    for arguments, lines in (["exam"], "\nS\ny\n"), (["exam", "report", "--html", str(page)], ""):
        subprocess.run(
            [sys.executable, "-m", "dp100cards", "--home", str(tmp_path), "--data", str(tmp_path / "data"), *arguments],
            cwd=REPOSITORY, input=lines, encoding="utf-8", check=True, capture_output=True,
        )  # fmt: skip
    assert CHROMIUM is not None
    seen = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'browser'}",
         "--dump-dom", page.as_uri()],
        capture_output=True, encoding="utf-8", check=True, timeout=120,
    ).stdout  # fmt: skip
    assert seen.count("<article>") == seen.count("</article>") == 3
    assert "&lt;script&gt;" in seen
    assert "<script" not in seen
    assert 'lang="en"' in seen
    assert "Not passed: 1 of 1000" in seen
    assert overflow(CHROMIUM, tmp_path, 360) <= 0, "nothing sticks out at the side"
    paper = tmp_path / "report.pdf"
    browse(CHROMIUM, tmp_path, f"--print-to-pdf={paper}", page.as_uri())
    assert paper.read_bytes().startswith(b"%PDF")


def browse(browser: str, folder: Path, *arguments: str) -> str:
    return subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
         f"--user-data-dir={folder / 'browser'}", *arguments],
        capture_output=True, encoding="utf-8", check=True, timeout=120,
    ).stdout  # fmt: skip


def overflow(browser: str, folder: Path, width: int) -> int:
    """By how many pixels the page is wider than a window of this width."""
    (folder / "window.html").write_text(
        f"""<body><iframe src="report.html" style="width:{width}px;height:900px;border:0" onload="
        const seen = this.contentDocument.documentElement;
        document.title = 'over ' + (seen.scrollWidth - seen.clientWidth)"></iframe></body>""",
        encoding="utf-8",
    )
    dom = browse(
        browser, folder, "--virtual-time-budget=3000", "--dump-dom", (folder / "window.html").as_uri()
    )
    found = re.search(r"<title>over (-?\d+)</title>", dom)
    assert found, dom
    return int(found[1])
