"""Check the HTML and PDF of example reports with programs made for it: make a11y.

HTML by axe-core in a headless Chromium, PDF by outloud (the machine-checkable checkpoints of the
Matterhorn Protocol for PDF/UA-1). Needs Chromium, npm and a package index, which nothing else
here does; what it fetches stays in build/a11y. The page that axe sees is the page that is
written, less its ban on scripts, so that axe can run in it; at the width of a desk and of a
telephone (320 px).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "build" / "a11y"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTHS = (1280, 320)
RUN = """
<script>%s</script>
<script>
addEventListener("load", async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run({ runOnly: tags });
  const wide = document.documentElement.scrollWidth - innerWidth;
  const pre = document.createElement("pre");
  pre.id = "axe";
  pre.textContent = JSON.stringify({
    violations: found.violations, incomplete: found.incomplete, passes: found.passes.length, wide
  });
  document.body.append(pre);
});
</script>
"""


def axe() -> str:
    source = KEPT / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--no-save", "--silent", "--prefix", KEPT, "axe-core@4"], check=True
        )
    return source.read_text("utf-8")


def browser() -> str:
    named = os.environ.get("CHROME")
    for name in (named, *BROWSERS) if named else BROWSERS:
        if path := shutil.which(name):
            return path
    sys.exit("Chromium was not found. Install it, or name it: CHROME=/path/to/chromium make a11y")


def checked(page: Path, width: int, folder: Path) -> dict:
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text("utf-8"))
    copy = folder / f"{page.stem}-{width}.html"
    copy.write_text(html.replace("</body>", RUN % axe() + "</body>"), "utf-8")
    ran = subprocess.run(
        [
            browser(), "--headless", "--no-sandbox", "--disable-gpu", f"--window-size={width},900",
            "--virtual-time-budget=20000", f"--user-data-dir={folder / 'profile'}", "--dump-dom",
            copy.as_uri(),
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = re.search(r'<pre id="axe">(.*?)</pre>', ran.stdout, re.DOTALL)
    if found is None:
        sys.exit(f"axe did not finish in {page.name}: {ran.stderr[-500:]}")
    text = found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return json.loads(text)


def pdf_is_accessible(files: list[Path]) -> bool:
    python = KEPT / "venv" / "bin" / "python"
    checker = KEPT / "venv" / "bin" / "outloud"
    if not checker.exists():
        subprocess.run([sys.executable, "-m", "venv", KEPT / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "outloud"], check=True)
    return subprocess.run([checker, "--layer", "conformance", *files], check=False).returncode == 0


def html_is_accessible(pages: list[Path], folder: Path) -> bool:
    good = True
    for page in pages:
        for width in WIDTHS:
            result = checked(page, width, folder)
            print(f"{page.name} at {width} px: {result['passes']} rules passed, "
                  f"{len(result['violations'])} failed, {len(result['incomplete'])} undecided, "
                  f"{max(result['wide'], 0)} px too wide")  # fmt: skip
            for each in result["violations"] + result["incomplete"]:
                print(f"  {each['id']}: {each['help']} ({len(each['nodes'])})")
                print(f"    {each['nodes'][0]['html'][:200]}")
            good = good and not result["violations"] and result["wide"] <= 0
    return good


def examples(folder: Path) -> list[Path]:
    own = {**os.environ, "EHCP_AUDIT_CONFIG": str(folder / "me")}
    tool = [sys.executable, "-m", "ehcp_audit"]
    workspace = folder / "example"
    subprocess.run([*tool, "example", workspace], check=True, capture_output=True, env=own)
    rubric = workspace / "rubrics" / "peer-findings.toml"
    sentences = ["--improved", "One.", "--not-improved", "Two.", "--ask", "Three."]
    made = []
    for name, command in {
        "trends": ["report", "trends"],
        "board": ["report", "board", *sentences],
        "findings": ["report", "findings"],
        "audit": ["report", "audit", "EX-0001"],
        "slip": ["report", "slip", "EX-0001"],
        "rubric": ["rubric", "show", rubric],
    }.items():
        for ending in ("html", "pdf"):
            made.append(folder / f"{name}.{ending}")
            words = [*tool, "--workspace", workspace, *command, "--output", made[-1]]
            subprocess.run(words, check=True, env=own, stdout=subprocess.DEVNULL)
    return made


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [Path(each) for each in sys.argv[1:]] or examples(folder)
        html = html_is_accessible([each for each in files if each.suffix == ".html"], folder)
        pdf = pdf_is_accessible([each for each in files if each.suffix == ".pdf"])
        sys.exit(0 if html and pdf else 1)


main()
