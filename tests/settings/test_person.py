import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehcp_audit.domain.errors import IdentityError
from ehcp_audit.domain.identity import Identity, parse_name
from ehcp_audit.settings.identity import identify
from ehcp_audit.settings.person import (
    Person,
    introduce,
    person_file,
    read_person,
    write_person,
)

KNOWN = (
    Identity("a" * 12, "KL", "education"),
    Identity("b" * 12, "RM", "health"),
    Identity("c" * 12, "kl", "social_care"),
)
ME = Person("d" * 12, "JS", "health")


def test_an_id_is_made_at_first_use_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "own" / "me.toml"
    first = introduce(path, name=" K  L ", agency="Social care")
    assert re.fullmatch("[0-9a-f]{12}", first.auditor_id)
    assert (first.name, first.agency) == ("K L", "social_care")
    second = introduce(path, name="KL")
    assert second == Person(first.auditor_id, "KL", "social_care")
    assert read_person(path) == second


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_nobody_else_can_read_the_persons_file(tmp_path: Path) -> None:
    path = tmp_path / "own" / "me.toml"
    introduce(path, name="KL")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["me.toml"]


def test_the_environment_can_name_another_folder(tmp_path: Path) -> None:
    assert person_file({"EHCP_AUDIT_CONFIG": str(tmp_path)}) == tmp_path / "me.toml"
    assert person_file({}).parent.name == "ehcp-audit"


@given(st.text(min_size=1, max_size=40))
def test_any_name_that_is_accepted_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, typed: str
) -> None:
    try:
        name = parse_name(typed)
    except IdentityError:
        return
    path = tmp_path_factory.mktemp("own") / "me.toml"
    write_person(path, Person("a" * 12, name))
    assert read_person(path) == Person("a" * 12, name)


@pytest.mark.parametrize(
    "text", ["name = ", 'name = "KL"\n', 'auditor_id = "a"\nnam = "x"\n', "\x00"]
)
def test_a_damaged_file_is_named_and_not_replaced(tmp_path: Path, text: str) -> None:
    path = tmp_path / "me.toml"
    path.write_text(text)
    with pytest.raises(IdentityError, match=r"me\.toml"):
        introduce(path, name="KL")
    assert path.read_text() == text


@pytest.mark.parametrize("agency", ["", "police", "educatio"])
def test_an_agency_is_one_of_three(tmp_path: Path, agency: str) -> None:
    with pytest.raises(IdentityError, match="not an agency"):
        introduce(tmp_path / "me.toml", agency=agency)


def test_the_option_goes_before_the_environment_and_that_before_ones_own_settings() -> None:
    environment = {"EHCP_AUDIT_AUDITOR": "b" * 12}
    assert identify("JS", environment=environment, person=ME, known=KNOWN) == ME.identity
    assert identify(None, environment=environment, person=ME, known=KNOWN).name == "RM"
    assert identify(None, environment={}, person=ME, known=KNOWN) == ME.identity


def test_an_auditor_is_picked_by_name_whatever_its_case() -> None:
    assert identify("rm", environment={}, person=None, known=KNOWN).id == "b" * 12


def test_a_name_two_people_bear_is_refused_with_their_ids() -> None:
    with pytest.raises(IdentityError, match="2 auditors are called “KL”") as refused:
        identify("KL", environment={}, person=ME, known=KNOWN)
    assert "a" * 12 in refused.value.next_step
    assert "c" * 12 in refused.value.next_step


def test_an_unknown_name_is_refused_with_those_known() -> None:
    with pytest.raises(IdentityError, match="“ZZ” is not an auditor") as refused:
        identify("ZZ", environment={}, person=ME, known=KNOWN)
    assert "RM" in refused.value.next_step


@pytest.mark.parametrize("person", [None, Person("d" * 12)])
def test_nobody_named_is_told_how_to_say_who_they_are(person: Person | None) -> None:
    environment = {"USER": "root", "LOGNAME": "root", "USERNAME": "root"}
    with pytest.raises(IdentityError) as refused:
        identify(None, environment=environment, person=person, known=KNOWN)
    assert "ehcp-audit me" in refused.value.next_step
