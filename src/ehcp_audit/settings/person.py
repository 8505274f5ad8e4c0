"""The person's own settings, outside any workspace: auditor id, name, agency, theme, keys."""

from __future__ import annotations

import json
import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from ehcp_audit.domain.errors import AuditToolError, IdentityError
from ehcp_audit.domain.identity import Identity, parse_agency, parse_name
from ehcp_audit.domain.text import visible
from ehcp_audit.files import write_whole

CONFIG_VARIABLE: Final = "EHCP_AUDIT_CONFIG"
PLAIN_VARIABLE: Final = "EHCP_AUDIT_PLAIN"
PLAIN: Final = "plain"
_TITLE = "Your own settings cannot be used"
_TEXTS = ("auditor_id", "name", "agency", "theme", "front", "letters")
_LETTERS = ("", "on", "off")
_PRIVATE_FOLDER = 0o700


@dataclass(frozen=True)
class Person:
    """What the person at this machine has set; the login name is never read.

    `name` and `agency` are empty until they are first asked; `theme` is the screen's; `front` is
    `PLAIN` where line prompts are wanted in place of the screens. `letters` is “off” where single
    letters are to do nothing alone (WCAG 2.2, 2.1.4); `keys` maps actions of the screens to the
    keys that do them.
    """

    auditor_id: str
    name: str = ""
    agency: str = ""
    theme: str = ""
    front: str = ""
    letters: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def identity(self) -> Identity | None:
        """Who this is, or None until a name has been given."""
        if not self.name:
            return None
        return Identity(self.auditor_id, self.name, self.agency or "education")


def person_file(environment: Mapping[str, str]) -> Path:
    """Return where the person's settings live; `EHCP_AUDIT_CONFIG` names another folder."""
    if named := environment.get(CONFIG_VARIABLE):
        return Path(named).expanduser() / "me.toml"
    from platformdirs import user_config_path  # noqa: PLC0415  (15 ms that most runs can save)

    return user_config_path("ehcp-audit", appauthor=False) / "me.toml"


def new_auditor_id() -> str:
    """Return a fresh auditor id: 12 random hexadecimal digits."""
    return secrets.token_hex(6)


def read_person(path: Path) -> Person | None:
    """Return the person's settings, or None if they were never set."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        what = f"{path} cannot be read: {getattr(error, 'strerror', None) or error}."
        raise IdentityError(what, _mend(path), title=_TITLE) from error
    keys = read.pop("keys", {})
    values = {key: value for key, value in read.items() if key in _TEXTS and isinstance(value, str)}
    if len(values) != len(read) or not values.get("auditor_id") or not _are_texts(keys):
        what = (
            f"{path} may hold {', '.join(_TEXTS)} as texts and [keys] as a table of texts, "
            "and must hold auditor_id."
        )
        raise IdentityError(what, _mend(path), title=_TITLE)
    if values.get("letters", "") not in _LETTERS:
        what = f"{path}: letters is “{visible(values['letters'])}”; it may be on or off."
        raise IdentityError(what, _mend(path), title=_TITLE)
    if values.get("name"):
        values["name"] = parse_name(values["name"])
    if values.get("agency"):
        values["agency"] = parse_agency(values["agency"])
    return Person(**values, keys=keys)


def _are_texts(keys: object) -> bool:
    return isinstance(keys, dict) and all(isinstance(key, str) for key in keys.values())


def write_person(path: Path, person: Person) -> None:
    """Write the person's settings whole, readable by nobody else."""
    try:
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        if os.name == "posix":
            path.parent.chmod(_PRIVATE_FOLDER)
    except OSError as error:
        what = f"{path.parent} cannot be made private to you: {error.strerror}."
        raise AuditToolError(what, f"{CONFIG_VARIABLE} may name another folder.") from error
    # A JSON string is a TOML string, save for DEL, which no checked value holds.
    lines = [f"{key} = {_quoted(getattr(person, key))}\n" for key in _TEXTS]
    if person.keys:
        lines.append("\n[keys]\n")
        lines += [f"{_quoted(name)} = {_quoted(key)}\n" for name, key in person.keys.items()]
    write_whole(path, "".join(lines), overwrite=True)


def prefers_plain(environment: Mapping[str, str], person: Person | None) -> bool:
    """Whether line prompts are wanted in place of the screens: by the environment, or by oneself.

    `EHCP_AUDIT_PLAIN` counts where it is set, and 0 is no.
    """
    said = environment.get(PLAIN_VARIABLE, "").strip()
    return said != "0" if said else person is not None and person.front == PLAIN


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def introduce(
    path: Path,
    *,
    name: str | None = None,
    agency: str | None = None,
    front: str | None = None,
    letters: str | None = None,
) -> Person:
    """Set what is given, keep the rest, return the settings; an id is made at first use."""
    person = read_person(path) or Person(new_auditor_id())
    if name is not None:
        person = replace(person, name=parse_name(name))
    if agency is not None:
        person = replace(person, agency=parse_agency(agency))
    if front is not None:
        person = replace(person, front=front)
    if letters is not None:
        person = replace(person, letters=letters)
    write_person(path, person)
    return person


def _mend(path: Path) -> str:
    return f"Put {path} right, or remove it and use `ehcp-audit me --name NAME --agency AGENCY`."
