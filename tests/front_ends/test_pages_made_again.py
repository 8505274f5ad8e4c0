"""A page written from the screens or at the prompts is made again from the record, as by command.

Pages in JSON are compared figure by figure, those in text as a whole.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from tests.front_ends.at_the_prompts import converse
from tests.small_rubric import ME, TODAY
from tests.tui.keyboard import make_store, opened, sign_off

from ehcp_audit.cli.main import main
from ehcp_audit.settings.workspace import Workspace

# The keys from the trends to each page, and what is typed at the prompt.
SCREENS = {
    "trend": ("v",),
    "trend by quarter, all audits of mainstream plans": ("p", "p", "r", "f", "f", "a", "v"),
    "measure": ("down", "down", "enter", "v"),
    "evidence": ("down", "down", "enter", "enter", "v"),
    "two groups": ("c", "g", "b", "a", "a"),
}
PROMPTS = {
    "trend": ("v", "back"),
    "measure": ("deeper", "3", "back"),
    "evidence": ("deeper", "3", "back", "back", "1", "back", "back", "back"),
    "two groups": ("c", "1", "2", "1", "1", "back"),
}


@pytest.fixture
def audited(workspace: Workspace) -> Workspace:
    with make_store(workspace) as store:
        sign_off(store, plan_kind="ordered")
        sign_off(store, plan_ref="NS-0002")
    return workspace


def one_more_audit(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        sign_off(store, plan_ref="NS-0003")


def made_again(workspace: Workspace, *arguments: str) -> int:
    command = ["--workspace", str(workspace.folder), "report", "replay", *arguments]
    return main(command, today=lambda: TODAY)


def foot(page: str) -> list[str]:
    """Return the command that the foot of a page gives, after `report replay`."""
    words = shlex.split(" ".join(page[page.index("Again") :].split()))
    return words[words.index("replay") + 1 :]


@pytest.mark.parametrize("keys", SCREENS.values(), ids=SCREENS)
async def test_a_page_written_on_the_screen(
    audited: Workspace, keys: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    async with opened(audited) as hands:
        await hands.press("t")
        await hands.until(lambda: "2 audits" in hands.lines[0])
        for key in keys:
            await hands.press(key)
            await hands.until(lambda: "counting" not in hands.lines[0])
        assert hands.screen_name == "ReportScreen"
        for name in ("page.json", "page.txt"):
            await hands.press("w", "ctrl+u")
            await hands.write(f"{name}\n")
            await hands.until(lambda name=name: name in hands.said)  # type: ignore[misc]
    is_the_same(audited, capsys)


@pytest.mark.parametrize("typed", PROMPTS.values(), ids=PROMPTS)
def test_a_page_written_at_the_prompts(
    audited: Workspace, typed: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["t", *typed, "write page.json", "write page.txt", "quit"]
    _, told = converse(audited, lines, chosen=ME)
    assert "page.txt" in told
    is_the_same(audited, capsys)


def is_the_same(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    page = Path(workspace.folder, "page.txt").read_text(encoding="utf-8")
    one_more_audit(workspace)
    assert made_again(workspace, str(workspace.folder / "page.json")) == 0
    assert capsys.readouterr().out.startswith("The same: all ")
    assert made_again(workspace, *foot(page)) == 0
    assert capsys.readouterr().out == page
