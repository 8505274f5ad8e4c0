"""Draw the pictures of the README: screens, and printed pages, on synthetic data.

Everything is fixed (seed, day, ids), so that drawing again changes a picture only where the
screen changed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from ehcp_audit.auditing import summarise
from ehcp_audit.cli.main import main as cli
from ehcp_audit.domain.identity import Identity
from ehcp_audit.example import make_example
from ehcp_audit.reports import pdf
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.steps import Progress
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import AuditQuery, Store
from ehcp_audit.tui.app import AuditApp
from ehcp_audit.tui.screens.summary import SummaryScreen
from ehcp_audit.tui.screens.trends import TrendsScreen
from ehcp_audit.tui.screens.walk import WalkScreen

TODAY = date(2026, 11, 20)
PAGE_DOTS = 80  # an inch: large enough to read the headings, small enough to carry
IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"


def limited_audit(store: Store) -> str:
    """Return the latest audit whose grade a limit lowered."""
    for row in store.audits(AuditQuery(states=("signed",))):
        state, rubric = store.audit(row.id), store.rubric(row.rubric_hash)
        if summarise(rubric, state, TODAY).result.limited:
            return row.id
    message = "no grade in the example is limited"
    raise SystemExit(message)


async def draw(folder: Path, images: Path, size: tuple[int, int], theme: str) -> None:
    """Draw every picture into a folder."""
    workspace = Workspace(folder)

    def clock() -> datetime:
        return datetime(TODAY.year, TODAY.month, TODAY.day, 10, tzinfo=UTC)

    app = AuditApp(workspace, clock=clock)
    store = app.database()
    drafts = store.audits(AuditQuery(states=("draft",)))
    begun = drafts[1]
    auditor = store.auditor(begun.auditor_id)
    if auditor is None:
        message = "the example has no draft of a known auditor"
        raise SystemExit(message)
    app = AuditApp(
        workspace, clock=clock, chosen=Identity(auditor.id, auditor.name, auditor.agency)
    )
    async with app.run_test(size=size) as pilot:
        app.theme = theme

        async def picture(name: str) -> None:
            await pilot.pause(0.5)
            await app.workers.wait_for_complete()
            await pilot.pause(0.3)
            (images / f"{name}.svg").write_text(app.export_screenshot(title="ehcp-audit"))

        await picture("home")
        app.push_screen(WalkScreen(begun.id))
        await picture("walk")
        await pilot.press("escape")
        app.push_screen(SummaryScreen(limited_audit(store)))
        await picture("summary")
        await pilot.press("escape")
        app.push_screen(TrendsScreen())
        await picture("trends")


def print_pages(folder: Path, images: Path) -> None:
    """Draw the first two pages that the board is given, as they are printed."""
    pages: list[bytes] = []

    def drawn(report: Report, _progress: Progress) -> bytes:
        pages.extend(pdf.laid_out(report).compile(format="png", ppi=PAGE_DOTS))
        return b""

    pdf.render_pdf = drawn
    sentences = {
        "--improved": "Outcomes are written so that it can be seen whether they were reached.",
        "--not-improved": "Social care's contribution is still missing from two plans in three.",
        "--ask": "Agree with social care by when it answers, and look again in spring.",
    }
    options = [each for pair in sentences.items() for each in pair]
    printed = str(folder / "board.pdf")
    command = ["--workspace", str(folder), "report", "board", *options, "--output", printed]
    if cli(command, today=lambda: TODAY):
        message = "the board's pages could not be printed"
        raise SystemExit(message)
    for number, page in enumerate(pages[:2], start=1):
        (images / f"board-{number}.png").write_bytes(page)


def main() -> None:
    """Draw into docs/images, or otherwise as asked."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("images", nargs="?", type=Path, default=IMAGES)
    parser.add_argument("--size", default="120x38")
    parser.add_argument("--theme", default="ehcp-dark")
    asked = parser.parse_args()
    columns, rows = (int(number) for number in asked.size.split("x"))
    asked.images.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["EHCP_AUDIT_CONFIG"] = str(Path(scratch) / "me")
        folder = Path(scratch) / "example-workspace"
        make_example(folder, today=TODAY)
        asyncio.run(draw(folder, asked.images, (columns, rows), asked.theme))
        print_pages(folder, asked.images)


if __name__ == "__main__":
    main()
