"""What looks like an identifier: found by its check digit or letter, or guessed from capitals."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehcp_audit.domain.identifiers import (
    LABELS,
    TOKENS,
    find_identifiers,
    is_nhs_number,
    is_upn,
    kinds_of,
    replace_identifiers,
)

_ON = date(2026, 3, 2)


def found(text: str) -> list[tuple[str, str]]:
    return [(each.kind, text[each.start : each.end]) for each in find_identifiers(text, _ON)]


def replaced(text: str) -> str:
    return replace_identifiers(text, find_identifiers(text, _ON))


# ---------------------------------------------------------------- numbers with a check


@pytest.mark.parametrize("digits", ["9434765919", "4010232137", "9876543210"])
def test_published_and_worked_nhs_numbers_pass(digits: str) -> None:
    """943 476 5919 and 401 023 2137 are the examples of the NHS Data Dictionary.

    987654321: 9×10 + 8×9 + 7×8 + 6×7 + 5×6 + 4×5 + 3×4 + 2×3 + 1×2 = 330 = 11 × 30, so 0.
    """
    assert is_nhs_number(digits)
    spaced = f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    for written in (digits, spaced, spaced.replace(" ", "-")):
        assert found(f"her number is {written}.") == [("nhs_number", written)]


@pytest.mark.parametrize("digits", ["9434765918", "1234567890", "0000000000", "943476591"])
def test_ten_digits_with_another_check_digit_are_none(digits: str) -> None:
    assert not is_nhs_number(digits)
    assert found(f"reference {digits} on file") == []


@pytest.mark.parametrize(
    "code",
    [
        "B801200005001",  # the example of python-stdnum's documentation
        "P207000016049",  # 2×2 + 7×4 + 1×9 + 6×10 + 4×12 + 9×13 = 266 = 11 × 23 + 13, so P
        "A00000000000A",
    ],
)
def test_upns_with_their_check_letter_pass(code: str) -> None:
    assert is_upn(code)
    assert found(f"pupil {code} attends") == [("upn", code)]
    assert found(f"pupil {code.lower()} attends") == [("upn", code.lower())]


@pytest.mark.parametrize("code", ["A801200005001", "B207000016049", "I801200005001"])
def test_upns_with_another_letter_are_none(code: str) -> None:
    assert not is_upn(code)
    assert found(f"pupil {code} attends") == []


# ---------------------------------------------------------------- shapes


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("lives at BS1 4DJ now", "postcode", "BS1 4DJ"),
        ("lives at ec1a1bb now", "postcode", "ec1a1bb"),
        ("at W1A 0AX", "postcode", "W1A 0AX"),
        ("ring 01934 888 123", "phone", "01934 888 123"),
        ("ring 07700 900123.", "phone", "07700 900123"),
        ("ring (020) 7946 0018", "phone", "(020) 7946 0018"),
        ("ring +44 (0)7700 900123", "phone", "+44 (0)7700 900123"),
        ("ring +447700900123", "phone", "+447700900123"),
        ("write to k.l+send@example.org.uk please", "email", "k.l+send@example.org.uk"),
        ("dob 3/9/15", "date_of_birth", "3/9/15"),
        ("D.O.B.: 03-09-2015", "date_of_birth", "03-09-2015"),
        ("was born on 3rd September 2018", "date_of_birth", "3rd September 2018"),
        ("date of birth 2015-09-03", "date_of_birth", "2015-09-03"),
        ("and 4/5/2011 is given twice", "date_of_birth", "4/5/2011"),
    ],
)
def test_a_shape_is_found_where_it_stands(text: str, kind: str, part: str) -> None:
    assert found(text) == [(kind, part)]


@pytest.mark.parametrize(
    "text",
    [
        "F p.9, E3 4th of May, F1 2hrs a week",
        "the plan of 3 Sep 2019 and the review of 12/03/2024",
        "15 hours, 39 weeks, 2025-26, 10:30 to 11:45",
        "reg 12(1)(a)–(j), Code 9.69, [2022] UKUT 230",
        "NS-0147 and NS-0148",
        "see F@3 or a@b",
        "within 2 weeks of 1/2/2026",
    ],
)
def test_what_evidence_is_full_of_is_left_alone(text: str) -> None:
    assert found(text) == []


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mum says Oliver likes trains", ["Oliver"]),
        ("Oliver likes trains", ["Oliver"]),
        ("Oliver’s own words are quoted", ["Oliver"]),
        ("advice by Dr Patel and Mrs O'Neill", ["Patel", "O'Neill"]),
        ("Miss Okafor wrote it", ["Okafor"]),
        ("signed by Zoë Smith-Jones of the team", ["Zoë Smith-Jones"]),
        ("told Łukasz twice", ["Łukasz"]),
        ("the Head Teacher of Kewstoke Primary School", ["Kewstoke"]),
        ("Kewstoke. He goes to Kewstoke by taxi", ["Kewstoke", "Kewstoke"]),
    ],
)
def test_a_name_is_pointed_out(text: str, names: list[str]) -> None:
    assert found(text) == [("name", each) for each in names]


@pytest.mark.parametrize(
    "text",
    [
        "Mum says he likes trains",
        "“Mum says he likes trains”  A, p. 2",
        "Provision is vague: “access to”, “opportunities for”.",
        "Section F p.9 says Speech and Language Therapy weekly; Outcome 2 has no date",
        "Educational Psychologist, SENCo, CAMHS and Social Care advised. Year 9 review in March",
        "Autism Outreach Team; Lego Therapy; Key Stage 2. It's fine. I've looked.",
        "Weston wrote nothing",
        "EHCPs say so",
        "Views of Mum, Dad and Nan\nNeeds are clear\n- Good",
    ],
)
def test_words_of_plans_roles_and_sentences_are_no_names(text: str) -> None:
    assert found(text) == []


# ---------------------------------------------------------------- replacing


def test_everything_is_replaced_by_its_token_and_the_rest_stays() -> None:
    text = (
        "Oliver Smith (dob 3/9/2015, NHS 943 476 5919, UPN B801200005001) of BS1 4DJ; "
        "ring 07700 900123 or k@example.org."
    )
    assert replaced(text) == (
        "[name] (dob [date of birth], NHS [NHS number], UPN [UPN]) of [postcode]; "
        "ring [phone] or [e-mail]."
    )
    assert kinds_of(find_identifiers(text, _ON)) == tuple(TOKENS)
    assert set(LABELS) == set(TOKENS)


@given(st.text(st.characters() | st.sampled_from("AaZz09 .-@'’/+()\n"), max_size=300))
def test_any_text_gives_places_in_order_inside_it_that_settle_at_once(text: str) -> None:
    places = find_identifiers(text, _ON)
    last = 0
    for each in places:
        assert last <= each.start < each.end <= len(text)
        last = each.end
    assert find_identifiers(text, _ON) == places


@given(st.lists(st.sampled_from(["Oliver", "BS1 4DJ", "9434765919", "says", "F p.9", "\x1b[2J"])))
def test_what_was_replaced_is_not_pointed_out_again(words: list[str]) -> None:
    once = replaced(" and ".join(words))
    assert found(once) == []


@pytest.mark.parametrize(
    "piece",
    [
        "Aa ",
        "a@",
        "a.",
        "1 ",
        "01 ",
        "0",
        "(0",
        "B1 ",
        "dob ",
        "Ab' ",
        "Ab-",
        "’ ",
        "born 1/2/2003 ",
    ],
)
def test_a_long_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (100_000 // len(piece)) + " Oliver"
    assert text[find_identifiers(text, _ON)[-1].end - 6 :] == "Oliver"
