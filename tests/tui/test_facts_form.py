"""The form of plan facts: letters, dates, defaults, and what is refused."""

from datetime import timedelta

import pytest
from tests.small_rubric import ME, TODAY
from tests.tui.keyboard import Hands, begin, make_store, opened, sign_off, walking

from ehcp_audit.domain.facts import FactValue
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.screens.facts import FactsScreen


def answers(hands: Hands) -> dict[str, FactValue]:
    assert isinstance(hands.screen, FactsScreen), hands.screen_name
    return hands.screen._form.values()


async def go_to(hands: Hands, fact: str) -> None:
    for _ in range(40):
        if hands.at_fact() == fact:
            return
        await hands.press("down")
    raise AssertionError(f"{fact} is not on the form: {hands.text}")


async def test_a_letter_answers_and_goes_on(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        assert hands.at_fact() == "plan_ref"
        await hands.write("ns-0147\nr")
        assert answers(hands)["plan_ref"] == "NS-0147"
        assert answers(hands)["audit_reason"] == "routine"
        assert hands.at_fact() == "plan_kind"


async def test_what_an_answer_says_to_bear_in_mind_stays_in_view_at_the_next_fact(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.write("NS-0147\n")
        await hands.press("f2")
        while hands.at_fact() != "dispute":
            await hands.press("up")
        await hands.press("o")
        assert hands.at_fact() != "dispute"
        assert "Complaint or appeal: What you write here may have to be" in hands.words("#about")
        await hands.press("down")
        assert "disclosed" not in hands.words("#about")


async def test_a_letter_that_is_no_answer_says_so_and_stays(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.write("NS-0147\n")
        await hands.press("z")
        assert "“z” is not an answer to “Why this plan”." in hands.said
        assert hands.at_fact() == "audit_reason"


async def test_a_year_group_is_typed_as_its_number(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.write("NS-0147\n")
        await go_to(hands, "year_group")
        for typed in ("9", "10", "14", "r"):
            await hands.write(typed)
            assert answers(hands)["year_group"] == typed.upper()
            assert hands.at_fact() == "primary_need"
            await hands.press("up")


async def test_year_1_waits_for_a_second_digit_or_enter(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.write("NS-0147\n")
        await go_to(hands, "year_group")
        await hands.press("1")
        assert hands.at_fact() == "year_group"
        await hands.press("enter")
        assert answers(hands)["year_group"] == "1"
        assert hands.at_fact() == "primary_need"


async def test_what_lies_on_the_desk_is_ticked_and_unticked(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.write("NS-0147\n")
        await go_to(hands, "seen")
        await hands.press("a", "c")
        assert answers(hands)["seen"] == ("advice", "record")
        assert "☑ a" in hands.text
        await hands.press("a")
        assert answers(hands)["seen"] == ("record",)
        assert hands.at_fact() == "seen"


async def test_a_date_that_cannot_be_is_told_and_kept_for_mending(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.write("NS-0147\n")
        await go_to(hands, "plan_date")
        for typed in ("31/2/2026", "yesterweek", "3/9/1825"):
            await hands.write(f"{typed}\n")
            assert typed in hands.said
            assert hands.at_fact() == "plan_date"
            assert typed in hands.text
            await hands.press(*["backspace"] * len(typed))
        await hands.write("3/9/2025\n")
        assert answers(hands)["plan_date"] == "2025-09-03"
        assert "3 Sep 2025" in hands.text


async def test_what_follows_from_the_answers_is_offered_in_grey_and_taken(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.write("NS-0147\nrf12/1/2026\n3c\nmnn")
        form = hands.screen._form  # type: ignore[attr-defined]
        assert "reviewed" not in form.answers
        assert "secondary_need" not in form.answers
        await hands.press("ctrl+s")
        facts = hands.only_audit().facts
        assert (facts["reviewed"], facts["secondary_need"], facts["seen"]) == ("no", "none", ())


async def test_done_goes_to_the_first_fact_that_is_still_needed(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("n", "ctrl+s")
        assert hands.at_fact() == "plan_ref"
        await hands.write("NS-0147\nrf\n")
        assert hands.at_fact() == "year_group"
        await hands.press("ctrl+s")
        assert hands.at_fact() == "year_group"
        assert "Still needed: Year group, Main need" in hands.said
        await hands.write("3c")
        await hands.press("ctrl+s")
        assert hands.at_fact() == "setting"
        assert not workspace.database.exists()


async def test_a_reference_that_says_who_the_child_is_is_refused(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        for typed, word in (
            ("A123456789012", "unique pupil number"),
            ("943 476 5919", "NHS number"),
            ("03/09/2015", "date of birth"),
            ("Jo Smith", "3 to 20"),
            ("AB", "3 to 20"),
        ):
            await hands.write(f"{typed}\n")
            assert word in hands.said
            assert hands.at_fact() == "plan_ref"
            assert typed in hands.text
            await hands.press(*["backspace"] * len(typed))


async def test_more_facts_are_shown_and_hidden_by_one_key(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        assert "Who drafted it" not in hands.text
        await hands.press("f2")
        assert "Who drafted it" in hands.text
        assert hands.at_fact() == "team"
        await hands.press("f2")
        assert hands.at_fact() == "request_date", "the dates are two keys away"
        await hands.press("f2")
        assert "Who drafted it" not in hands.text


async def test_clear_makes_an_answer_unknown_again(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.write("NS-0147\nr")
        await hands.press("up", "delete")
        assert answers(hands).get("audit_reason") is None


async def test_leaving_the_form_begins_nothing(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.write("NS-0147\n")
        await hands.press("escape")
        assert hands.screen_name == "HomeScreen"
        assert not workspace.database.exists()


# ---------------------------------------------------------------- a reference seen before


@pytest.fixture
def audited_before(workspace: Workspace) -> Workspace:
    with make_store(workspace) as store:
        sign_off(store, year_group="5")
    return workspace


async def test_a_reference_seen_before_may_be_looked_at(audited_before: Workspace) -> None:
    async with opened(audited_before) as hands:
        await hands.press("n")
        await hands.write("ns-0147\n")
        assert "NS-0147 was audited before" in hands.text
        await hands.press("l")
        assert hands.screen_name == "SummaryScreen"
        assert "signed off" in hands.lines[0]


async def test_a_reference_seen_before_may_be_audited_again_with_its_facts(
    audited_before: Workspace,
) -> None:
    async with opened(audited_before) as hands:
        earlier = hands.only_audit()
        await hands.press("n")
        await hands.write("NS-0147\na")
        assert answers(hands)["year_group"] == "5"
        assert answers(hands)["audit_reason"] == "re_audit"
        await hands.press("ctrl+s")
        assert "Which sections changed since?" in hands.text
        assert "You made the audit before as well." in hands.text
        await hands.write("f z\n")
        assert "“Z” is not a section of a plan." in hands.text
        await hands.write("f\n")
        assert hands.screen_name == "WalkScreen"
        again = hands.walk.state
        assert (again.plan_id, again.follows) == (earlier.plan_id, earlier.id)
        assert again.changed_sections == ("F",)


async def test_a_reference_seen_before_may_be_a_slip_for_another_plan(
    audited_before: Workspace,
) -> None:
    async with opened(audited_before) as hands:
        await hands.press("n")
        await hands.write("NS-0147\np")
        assert hands.at_fact() == "plan_ref"
        assert answers(hands).get("plan_ref") is None
        await hands.write("NS-0148\n")
        assert hands.at_fact() == "audit_reason"
        assert answers(hands)["plan_ref"] == "NS-0148"


async def test_a_reference_seen_before_is_asked_about_even_when_typed_last(
    audited_before: Workspace,
) -> None:
    async with opened(audited_before) as hands:
        await hands.press("n", "down")
        assert hands.at_fact() == "audit_reason"
        await hands.write("rf12/1/2026\n3c\nmnn")
        await hands.press(*["up"] * 11)
        assert hands.at_fact() == "plan_ref"
        await hands.write("NS-0147")
        await hands.press("ctrl+s")
        assert "NS-0147 was audited before" in hands.text
        assert len(hands.store.audits()) == 1


async def test_the_last_answers_that_are_usually_the_same_are_offered_again(
    workspace: Workspace,
) -> None:
    with make_store(workspace) as store:
        begin(store, audit_reason="thematic", seen=("advice",), year_group="5")
    async with opened(workspace) as hands:
        await hands.press("n")
        offered = answers(hands)
        assert (offered["audit_reason"], offered["seen"]) == ("thematic", ("advice",))
        assert offered.get("year_group") is None


# ---------------------------------------------------------------- changed later


async def test_facts_changed_from_the_walk_change_what_applies_and_keep_old_scores(
    workspace: Workspace,
) -> None:
    async with walking(workspace, at="health.not-known") as hands:
        assert "0 of 13 decided" in hands.text
        await hands.press("3", "f")
        await go_to(hands, "known_to_health")
        await hands.press("y", "ctrl+s")
        state = hands.only_audit()
        assert state.facts["known_to_health"] == "yes"
        assert state.scores["health.not-known"].level == 3
        assert "0 of 14 decided" in hands.text, "its counterparts are asked instead"
        await hands.press("slash")
        await hands.write("not known to health\n")
        assert "kept, but not counted" in hands.words("#question")
        await hands.press("u")
        assert "1 of 13 decided" in hands.text
        assert "Undone: a fact" in hands.said


async def test_the_reference_of_an_audit_cannot_be_changed(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("f")
        assert "Reference (not a name)" not in hands.text
        assert hands.at_fact() == "audit_reason"


async def test_facts_left_by_escape_are_as_they_were(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        before = hands.only_audit()
        await hands.press("f", "t", "escape")
        assert hands.only_audit() == before


async def test_a_plan_over_a_year_old_is_asked_whether_change_was_reported(
    workspace: Workspace,
) -> None:
    old = (TODAY - timedelta(days=400)).isoformat()
    async with opened(workspace) as hands:
        await hands.press("n")
        assert "Change that matters" not in hands.text
        await hands.write(f"NS-0147\nrf{old}\n")
        assert "Change that matters" in hands.text


async def test_the_team_is_asked_and_answered_by_letter_where_its_codes_are_listed(
    workspace: Workspace,
) -> None:
    workspace.settings_file.write_text('teams = ["North", "South"]\n', encoding="utf-8")
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.write("NS-0147\n")
        await go_to(hands, "team")
        await hands.press("b")
        assert answers(hands)["team"] == "South"


async def test_somebody_new_is_asked_who_they_are_before_the_first_audit(
    unknown_workspace: Workspace,
) -> None:
    async with opened(unknown_workspace) as hands:
        await hands.press("n")
        assert hands.screen_name == "WhoDialog"
        await hands.write("KL")
        await hands.press("tab", "down", "enter")
        assert hands.screen_name == "FactsScreen"
        assert hands.app.identity is not None
        assert (hands.app.identity.name, hands.app.identity.agency) == ("KL", "health")
        await hands.press("escape", "n")
        assert hands.screen_name == "FactsScreen", "it is asked once"
    async with opened(unknown_workspace) as hands:
        assert "Working as KL, health" in hands.lines[0].replace("Health", "health")
        assert hands.app.identity is not None
        assert hands.app.identity.id != ME.id


async def test_one_of_more_teams_than_there_are_letters_is_typed_and_must_be_listed(
    workspace: Workspace,
) -> None:
    teams = ", ".join(f'"Team {number}"' for number in range(1, 31))
    (workspace.folder / "settings.toml").write_text(f"teams = [{teams}]\n")
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.write("NS-0147\n")
        await go_to(hands, "team")
        assert "Team 30" in hands.words("#about")
        await hands.write("team x\n")
        assert "“team x” is no team that settings.toml lists." in hands.said
        await hands.press(*["backspace"] * 6)
        await hands.write("team 30\n")
        assert answers(hands)["team"] == "Team 30"
