"""Check the HTML of example reports with axe-core in a headless Chromium: make a11y.

Needs Chromium and npm, which nothing else here does. The page that is checked is the page that
is written, less its ban on scripts, so that axe can run in it; at the width of a desk, of a
telephone (320 px) and as printed.
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


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        own = {**os.environ, "EHCP_AUDIT_CONFIG": str(folder / "me")}
        tool = [sys.executable, "-m", "ehcp_audit"]
        workspace = folder / "example"
        subprocess.run([*tool, "example", workspace], check=True, capture_output=True, env=own)
        tool += ["--workspace", str(workspace)]
        pages = {
            "trends": ["report", "trends"],
            "audit": ["report", "audit", "EX-0001"],
            "rubric": ["rubric", "show", str(workspace / "rubrics" / "peer-findings.toml")],
        }
        if len(sys.argv) > 1:
            chosen = [Path(name) for name in sys.argv[1:]]
        else:
            chosen = []
            for name, command in pages.items():
                path = folder / f"{name}.html"
                subprocess.run([*tool, *command, "--output", path], check=True, env=own)
                chosen.append(path)
        failed = False
        for page in chosen:
            for width in WIDTHS:
                result = checked(page, width, folder)
                print(f"{page.name} at {width} px: {result['passes']} rules passed, "
                      f"{len(result['violations'])} failed, {len(result['incomplete'])} undecided, "
                      f"{max(result['wide'], 0)} px too wide")  # fmt: skip
                for each in result["violations"] + result["incomplete"]:
                    print(f"  {each['id']}: {each['help']} ({len(each['nodes'])})")
                    print(f"    {each['nodes'][0]['html'][:200]}")
                failed = failed or bool(result["violations"]) or result["wide"] > 0
        sys.exit(1 if failed else 0)


main()
