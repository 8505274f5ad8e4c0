"""Rubrics on the screen: the list, the preview, and the editor that says what is wrong."""

from tests.small_rubric import ME, TODAY
from tests.tui.keyboard import Hands, begin, make_store, opened, walking
from textual.widgets import TextArea

from ehcp_audit.rubric_files import RubricFile, read_rubric
from ehcp_audit.rubric_versions import publish
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.widgets.line_list import LineList

NAME = "peer-findings.toml"


async def in_editor(hands: Hands, name: str = NAME) -> TextArea:
    """Open the rubrics, then the editor on one file, and wait for its first check."""
    await hands.press("r")
    await hands.until(lambda: hands.screen_name == "RubricsScreen")
    while hands.find("#files", LineList).key != name:
        await hands.press("down")
    await hands.press("e")
    await hands.until(lambda: hands.screen_name == "RubricEditor")
    await hands.until(lambda: "In order" in hands.text or "✗" in hands.text)
    return hands.find("#text", TextArea)


async def test_the_list_says_whether_each_file_can_be_used_and_is_used(
    workspace: Workspace,
) -> None:
    (workspace.rubrics / "broken.toml").write_text("id = \n")
    with make_store(workspace) as store:
        begin(store)
    async with opened(workspace) as hands:
        await hands.press("r")
        await hands.settle(0.2)
        assert "✗ broken" in hands.text
        assert "✓ peer-findings" in hands.text
        assert "1.0.0, in 1 audit" in hands.text


async def test_the_preview_shows_the_rubric_or_what_is_wrong_with_it(workspace: Workspace) -> None:
    (workspace.rubrics / "broken.toml").write_text("id = \n")
    async with opened(workspace) as hands:
        await hands.press("r")
        await hands.settle(0.2)
        assert "broken.toml:1:" in hands.flowing
        await hands.press("down")
        assert "26 criteria in 7 themes, weight 59" in hands.text


async def test_a_mistake_is_told_while_typing_and_gone_when_mended(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        area = await in_editor(hands)
        row = area.text.split("\n").index('owner = "SEND quality assurance lead"')
        area.move_cursor((row, 0))
        await hands.press("x")
        await hands.until(lambda: "1 to put right" in hands.text)
        assert f"{row + 1}" in hands.words("#problems")
        assert "xowner" in hands.words("#problems")
        await hands.press("backspace")
        await hands.until(lambda: "In order" in hands.words("#problems"))


async def test_a_key_goes_to_the_next_problem(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        area = await in_editor(hands)
        row = area.text.split("\n").index("[[themes]]")
        area.move_cursor((row + 1, 0))
        await hands.press("x")
        await hands.until(lambda: "to put right" in hands.text)
        area.move_cursor((0, 0))
        await hands.press("f8")
        assert area.cursor_location[0] == row + 1


async def test_the_question_under_the_cursor_is_shown_as_an_auditor_sees_it(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as hands:
        area = await in_editor(hands)
        row = next(
            number
            for number, line in enumerate(area.text.split("\n"))
            if line == 'id = "voice.brought-to-life"'
        )
        area.move_cursor((row, 0))
        await hands.settle(0.1)
        assert "Would someone who has never met this child" in hands.words("#preview")


async def test_changes_are_written_only_when_asked_for(workspace: Workspace) -> None:
    path = workspace.rubrics / NAME
    before = path.read_text()
    async with opened(workspace) as hands:
        area = await in_editor(hands)
        area.move_cursor((0, 0))
        await hands.press("#")
        assert path.read_text() == before
        await hands.press("escape")
        assert "not written" in hands.text
        await hands.press("escape")  # stays in the editor
        assert hands.screen_name == "RubricEditor"
        await hands.press("ctrl+s")
        assert path.read_text() == "#" + before
        await hands.press("escape")
        await hands.until(lambda: hands.screen_name == "RubricsScreen")


async def test_changes_can_be_thrown_away(workspace: Workspace) -> None:
    path = workspace.rubrics / NAME
    before = path.read_text()
    async with opened(workspace) as hands:
        await in_editor(hands)
        await hands.press("x", "escape", "t")
        await hands.until(lambda: hands.screen_name == "RubricsScreen")
        assert path.read_text() == before


async def test_a_version_that_audits_used_is_said_to_be_fixed(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        begin(store)
    async with opened(workspace) as hands:
        area = await in_editor(hands)
        changed = area.text.replace('title = "Peer findings"', 'title = "Other title"')
        area.load_text(changed)
        await hands.until(lambda: "is fixed" in hands.words("#problems"))
        assert "1.0.0" in hands.words("#problems")


async def test_a_new_rubric_is_begun_from_a_skeleton_that_is_in_order(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("r", "n")
        await hands.write("early-years")
        await hands.press("enter")
        await hands.until(lambda: hands.screen_name == "RubricEditor")
        await hands.until(lambda: "In order" in hands.text)
    assert 'id = "early-years"' in (workspace.rubrics / "early-years.toml").read_text()


async def test_a_name_already_taken_is_refused(workspace: Workspace) -> None:
    before = (workspace.rubrics / NAME).read_text()
    async with opened(workspace) as hands:
        await hands.press("r", "n")
        await hands.write("peer-findings")
        await hands.press("enter")
        await hands.until(lambda: "is there already" in hands.flowing)
    assert (workspace.rubrics / NAME).read_text() == before


async def test_hostile_text_in_a_rubric_is_shown_and_harmless(workspace: Workspace) -> None:
    hostile = 'id = "a"\n# \x1b]0;owned\x07 [b]x[/b] [/]\n'
    (workspace.rubrics / "hostile.toml").write_text(hostile)
    async with opened(workspace) as hands:
        await hands.press("r")
        await hands.settle(0.2)
        assert "\x1b" not in hands.text
        assert "\x07" not in hands.text


async def test_the_blank_form_is_a_file_with_ids(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("r")
        await hands.settle(0.2)
        await hands.press("p")
        await hands.settle()
    form = next(workspace.folder.glob("*-form.txt")).read_text()
    assert "(voice.own-views)" in form
    assert "☐ 1 Not met" in form


def raise_version(workspace: Workspace) -> RubricFile:
    """Put a higher version with one more word of guidance into rubrics/."""
    path = workspace.rubrics / NAME
    text = path.read_text(encoding="utf-8")
    changed = text.replace('version = "1.0.0"', 'version = "1.1.0"', 1).replace(
        "Pick the two or three main wishes in A", "First pick the two or three main wishes in A"
    )
    changed = changed.replace("law_as_at = 2026-11-22", "law_as_at = 2026-02-01")
    assert changed.count("First pick") == 1
    path.write_text(changed, encoding="utf-8")
    return read_rubric(path)


async def test_publishing_says_what_it_does_asks_who_read_the_sources_and_freezes(
    workspace: Workspace,
) -> None:
    with make_store(workspace) as store:
        begin(store)
    raise_version(workspace)
    async with opened(workspace) as hands:
        await hands.press("r")
        await hands.settle(0.2)
        await hands.press("u")
        assert "1.0.0 → 1.1.0" in hands.flowing
        assert hands.store.rubric_hash("peer-findings", "1.1.0") is None
        await hands.press("enter")
        await hands.write("SEND lead\n")
        await hands.write("today\n")
        await hands.until(lambda: "Published" in hands.said)
        assert hands.store.rubric_hash("peer-findings", "1.1.0") is not None


async def test_a_draft_moves_to_a_newer_version_and_keeps_what_it_holds(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "v")
        assert "is the newest version" in hands.said
        file = raise_version(workspace)
        publish(
            hands.store,
            file.rubric,
            file.text,
            ME,
            sources_read_by="SEND lead",
            sources_read_on=TODAY,
            today=TODAY,
        )
        await hands.press("v")
        assert "1.1.0" in hands.said
        assert "Peer findings 1.1.0" in hands.text
        state = hands.only_audit()
        assert state.rubric_hash == file.rubric.hash
        assert [score.level for score in state.scores.values()] == [3]
        assert hands.store.faults() == []


async def test_a_rubric_not_yet_in_effect_says_so_at_the_start(workspace: Workspace) -> None:
    path = workspace.rubrics / NAME
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("effective_from = 2026-12-01", "effective_from = 2040-01-01"))
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.settle()
        assert "takes effect on 1 Jan 2040" in hands.flowing
        assert hands.said == "", "nothing lies over the field"
