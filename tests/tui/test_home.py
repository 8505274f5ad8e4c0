"""Home: what waits for me, going on, finding, and what every screen must say."""

from pathlib import Path

import pytest
from tests.small_rubric import ME, OTHER, TODAY
from tests.tui.keyboard import CORE, NARROW, WIDE, begin, decide, make_store, opened, sign_off

from ehcp_audit.auditing import answer_slip, withdraw
from ehcp_audit.auditing.flagging import raise_flag
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.widgets.line_list import LineList

SECOND = CORE.rubric.criteria[1].id


@pytest.fixture
def busy(workspace: Workspace) -> Workspace:
    """Two drafts of mine, one of somebody else's, two finished audits, one withdrawn."""
    with make_store(workspace) as store:
        sign_off(store, plan_ref="NS-0001", year_group="5")
        sign_off(store, OTHER, plan_ref="NS-0002", plan_kind="ordered")
        mistaken = begin(store, plan_ref="NS-0003")
        store.write([withdraw(store.audit(mistaken), ME.id, "begun twice")])
        begin(store, plan_ref="NS-0004")
        begin(store, OTHER, plan_ref="NS-0005")
        newest = begin(store, plan_ref="NS-0006")
        first = CORE.rubric.criteria[0].id
        others = [each.id for each in CORE.rubric.criteria if each.id != first]
        decide(store, newest, except_for=others)
    return workspace


async def test_an_empty_home_offers_two_ways_on_and_makes_nothing(workspace: Workspace) -> None:
    async with opened(workspace, NARROW) as hands:
        assert "No audit yet in this workspace." in hands.text
        assert "start an audit" in hands.text
        assert "open the example" in hands.text
        for key in ("c", "t", "enter", "slash", "f"):
            await hands.press(key)
            assert "There is no audit yet. n starts one." in hands.said, key
        assert hands.screen_name == "HomeScreen"
        assert not workspace.database.exists()


async def test_continue_opens_my_latest_draft_at_its_next_open_question(busy: Workspace) -> None:
    async with opened(busy) as hands:
        await hands.press("c")
        assert hands.walk.state.plan_ref == "NS-0006"
        assert hands.at == SECOND


async def test_continue_does_not_mind_what_the_list_shows(busy: Workspace) -> None:
    async with opened(busy) as hands:
        await hands.press("f", "f", "f", "c")
        assert hands.walk.state.plan_ref == "NS-0006"


async def test_continue_says_so_where_only_others_have_drafts(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        begin(store, OTHER)
    async with opened(workspace) as hands:
        await hands.press("c")
        assert "You have no draft to continue" in hands.said


async def test_drafts_and_finished_audits_are_listed_apart(busy: Workspace) -> None:
    async with opened(busy) as hands:
        lines = [line.strip() for line in hands.lines]
        progress = next(i for i, line in enumerate(lines) if line.startswith("In progress"))
        finished = next(i for i, line in enumerate(lines) if line.startswith("Finished"))
        refs = {line.split()[0]: i for i, line in enumerate(lines) if line.startswith("NS-")}
        assert {r for r, i in refs.items() if progress < i < finished} == {
            "NS-0004",
            "NS-0005",
            "NS-0006",
        }
        assert {r for r, i in refs.items() if i > finished} == {"NS-0001", "NS-0002"}
        assert "1 of 13 decided" in hands.text
        assert "Good" in hands.text


async def test_find_narrows_the_list_to_every_word_and_escape_shows_all(busy: Workspace) -> None:
    async with opened(busy) as hands:
        await hands.press("slash")
        await hands.write("élan ordered")
        assert "NS-0002" in hands.text
        for ref in ("NS-0001", "NS-0004", "NS-0005"):
            assert ref not in hands.text
        await hands.press("escape")
        assert "NS-0001" in hands.text
        await hands.press("slash")
        await hands.write("zebra\n")
        assert "No audit matches" in hands.text
        await hands.press("escape", "slash")
        await hands.write("NS-0001\n")
        await hands.press("enter")
        assert hands.screen_name == "SummaryScreen"
        assert "NS-0001" in hands.lines[0]


async def test_filter_goes_round_its_states(busy: Workspace) -> None:
    seen = []
    async with opened(busy) as hands:
        for _ in range(5):
            await hands.press("f")
            refs = {f"NS-000{n}" for n in range(1, 7) if f"NS-000{n}" in hands.text}
            seen.append({ref[-1] for ref in refs})
    assert seen == [
        {"1", "4", "6"},
        {"4", "5", "6"},
        {"1", "2"},
        {"3"},
        {"1", "2", "4", "5", "6"},
    ]


async def test_open_shows_a_draft_as_a_walk_and_a_finished_audit_as_a_summary(
    busy: Workspace,
) -> None:
    async with opened(busy) as hands:
        await hands.press("end", "enter")
        assert hands.screen_name == "SummaryScreen"
        await hands.press("escape", "home", "enter")
        assert hands.screen_name == "WalkScreen"


async def test_a_click_chooses_an_audit_and_a_second_click_opens_it(busy: Workspace) -> None:
    async with opened(busy) as hands:
        await hands.click_text("NS-0001")
        await hands.click_text("NS-0001")
        assert hands.screen_name == "SummaryScreen"
        assert "NS-0001" in hands.lines[0]


async def test_the_list_answers_to_the_arrows_after_the_first_audit(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        for ref in ("NS-0001", "NS-0002"):
            await hands.press("n")
            await hands.write(f"{ref}\nrf12/1/2026\n3c\nmnn")
            await hands.press("ctrl+s", "escape")
        listed = hands.find("#audits", LineList)
        await hands.press("home")
        first = listed.key
        await hands.press("down")
        assert listed.key != first
        await hands.press("enter")
        assert hands.screen_name == "WalkScreen"
        assert hands.walk.state.plan_ref == "NS-0001"


async def test_a_synthetic_workspace_says_so_on_every_screen(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        begin(store)
        store.put_setting("synthetic", "yes")
    async with opened(workspace) as hands:
        for key in ("", "c", "s", "f"):
            if key:
                await hands.press(key)
            assert "SYNTHETIC EXAMPLE DATA" in hands.text, hands.screen_name
        await hands.press("escape", "escape", "escape", "t")
        assert "SYNTHETIC EXAMPLE DATA" in hands.text


async def test_a_workspace_that_cannot_be_written_says_so_and_changes_nothing(
    busy: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ehcp_audit.store.database.can_write", lambda _: False)
    async with opened(busy) as hands:
        assert "READ ONLY" in hands.lines[1]
        await hands.press("n")
        assert "open for reading only" in hands.said
        await hands.press("c")
        before = hands.walk.state
        assert "READ ONLY" in hands.lines[1]
        for key in ("3", "n", "i", "u", "w"):
            await hands.press(key)
            assert hands.screen_name == "WalkScreen"
            assert "reading only" in hands.said, key
        await hands.press("s", "g")
        assert hands.screen_name == "SummaryScreen"
        assert hands.store.audit(before.id) == before


async def test_a_change_of_name_is_kept_and_shown(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        assert "Working as KL" in hands.lines[0]
        await hands.press("w")
        await hands.write("KL2\n")
        assert "Working as KL2" in hands.lines[0]
        assert hands.app.identity is not None
        assert hands.app.identity.id == ME.id
    async with opened(workspace) as hands:
        assert "Working as KL2" in hands.lines[0]


async def test_a_name_that_is_none_is_said_in_the_question(unknown_workspace: Workspace) -> None:
    async with opened(unknown_workspace) as hands:
        assert "say who you are" in hands.lines[0]
        await hands.press("w", "enter")
        assert hands.screen_name == "WhoDialog"
        assert "1 to 40 printable characters" in hands.flowing
        await hands.press("escape")
        assert hands.app.identity is None


async def test_colours_are_changed_and_remembered(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        assert hands.app.theme == "ehcp-dark"
        await hands.press("d")
        assert hands.app.theme == "ehcp-light"
    async with opened(workspace) as hands:
        assert hands.app.theme == "ehcp-light"


async def test_a_rubric_that_is_wrong_is_told_and_begins_nothing(workspace: Workspace) -> None:
    rubric = workspace.rubrics / "peer-findings.toml"
    rubric.write_text(CORE.text.replace("\nweight = 3", "\nweigth = 3", 1), encoding="utf-8")
    async with opened(workspace) as hands:
        await hands.press("n")
        notes = " ".join(note.message for note in hands.app._notifications)
        assert "weigth" in notes
        assert hands.screen_name == "HomeScreen"


async def test_a_damaged_database_is_never_touched(workspace: Workspace) -> None:
    from ehcp_audit.domain.errors import DatabaseError  # noqa: PLC0415

    workspace.database.write_bytes(b"not a database at all" * 100)
    before = workspace.database.read_bytes()
    with pytest.raises(DatabaseError):
        async with opened(workspace):
            pass
    assert workspace.database.read_bytes() == before


async def test_the_example_is_made_beside_this_workspace_and_opened(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def small_example(folder: Path, **_: object) -> None:
        folder.mkdir()
        with make_store(Workspace(folder)) as store:
            begin(store)
            store.put_setting("synthetic", "yes")

    monkeypatch.setattr("ehcp_audit.example.make_example", small_example)
    async with opened(workspace) as hands:
        await hands.press("e")
        await hands.until(lambda: "SYNTHETIC EXAMPLE DATA" in hands.text)
        assert hands.app.workspace.folder == workspace.folder / "example-workspace"
        assert "NS-0147" in hands.text
        assert not workspace.database.exists()


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_answers_that_dispute_an_audit_are_seen_on_home_beside_open_flags(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    with make_store(workspace) as store:
        audit_id = sign_off(store, plan_ref="NS-0001")
        state = store.audit(audit_id)
        disputed = answer_slip(state, "writer", ME.id, text="Not so", on=TODAY, disputed=True)
        store.write([disputed])
    async with opened(workspace, size) as hands:
        assert "1 disputed answer: NS-0001" in hands.text
        assert "open flag" not in hands.text
    with make_store(workspace) as store:
        store.write([raise_flag(store.audit(audit_id), "follow_up", ME.id, text="ask")])
    async with opened(workspace, size) as hands:
        assert "1 disputed answer: NS-0001" in hands.text
        assert "1 open flag" in hands.text
