"""What is said where a flag is raised: the practitioners' sentences, the team's own contacts."""

from datetime import date

import pytest

from ehcp_audit.auditing.flag_words import NO_CONTACTS, answer_words, flag_words
from ehcp_audit.domain.flags import FLAG_KINDS, Flag, FlagKind
from ehcp_audit.settings.team import Safeguarding

TEAM = Safeguarding(("Front door: 01234 567890",), "Head of safeguarding")


def test_safeguarding_says_to_follow_the_procedure_and_shows_the_area_s_own_lines() -> None:
    words = flag_words("safeguarding", TEAM)
    assert words.says == (
        "If a child may be at risk, follow your area’s procedure now. This tool tells nobody."
    )
    assert words.contacts == ("Front door: 01234 567890",)
    assert words.role == "Head of safeguarding"
    assert words.asks_reason.startswith("Not a safeguarding concern")
    assert (words.asks_text, words.asks_done) == ("", "")


def test_without_contacts_it_says_where_to_put_them() -> None:
    assert flag_words("safeguarding", Safeguarding()).contacts == (NO_CONTACTS,)


@pytest.mark.parametrize("kind", [kind for kind in FLAG_KINDS if kind != "safeguarding"])
def test_every_other_kind_has_a_line_of_its_own_and_no_contacts(kind: FlagKind) -> None:
    words = flag_words(kind, TEAM)
    assert words.contacts == ()
    assert words.role != TEAM.lead_role
    assert words.asks_text
    assert words.asks_done
    assert len({flag_words(each, TEAM).says for each in FLAG_KINDS}) == len(FLAG_KINDS)


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        (Flag("1", "follow_up", None), "Not answered yet"),
        (Flag("1", "follow_up", None, done="Rang them"), "Done: Rang them"),
        (Flag("1", "provision", None, not_a_concern="Moved"), "No concern: Moved"),
        (
            Flag("1", "safeguarding", None, not_a_concern="A fall"),
            "Not a safeguarding concern: A fall",
        ),
        (
            Flag("1", "safeguarding", None, told_role="Lead", told_on=date(2026, 3, 2)),
            "Lead told on 2 Mar 2026",
        ),
    ],
)
def test_how_a_flag_stands_is_said(flag: Flag, words: str) -> None:
    assert answer_words(flag) == words
