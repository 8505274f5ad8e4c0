"""Keys of one's own: which key does which action, as the person's settings have it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from textual.keys import KEY_DISPLAY_ALIASES, Keys, _character_to_key, key_to_character

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.text import visible
from ehcp_audit.tui.actions import SCREENS, Action

_TITLE: Final = "Your keys cannot be used"
_MODIFIERS: Final = re.compile(r"(?:(?:ctrl|alt|shift)\+)*")
_NAMED: Final = frozenset(key.value for key in Keys if not key.value.startswith("<"))
LEADER: Final = "ctrl+g"  # before a single letter, where those are off; terminals leave it alone
LETTERS_ARE_OFF: Final = "Single letters are off: press ^g first, then the key."
_ALWAYS_TAKEN: Final = {
    "ctrl+c": "copying text", "ctrl+q": "quitting", LEADER: "letters, where they are off",
}  # fmt: skip
_FIXED: Final = "writing-evidence"  # whose keys are those of a text field


def screen_id(actions: tuple[Action, ...]) -> str:
    """Return the name that a screen's table has in action ids, such as walk; empty for none."""
    titles = (title for title, table in SCREENS.items() if table is actions)
    return next(titles, "").lower().removeprefix("the ").replace(" ", "-")


def action_id(actions: tuple[Action, ...], action: Action) -> str:
    """Return the name by which settings speak of an action, such as walk.evidence."""
    return f"{screen_id(actions)}.{action.name}"


@dataclass(frozen=True)
class Keymap:
    """`keys` maps an action's id to the key that does it, as Textual names keys."""

    keys: Mapping[str, str] = field(default_factory=dict)

    def remapped(self, actions: tuple[Action, ...]) -> tuple[Action, ...]:
        """Return a screen's actions with the keys that the person chose.

        A second key of an action gives way to one that was chosen for another.
        """
        if not self.keys:
            return actions
        screen = screen_id(actions)
        chosen = {action.name: self.keys.get(f"{screen}.{action.name}") for action in actions}
        taken = frozenset(key for key in chosen.values() if key is not None)
        return tuple(_with_key(action, chosen[action.name], taken) for action in actions)


def _with_key(action: Action, key: str | None, taken: frozenset[str]) -> Action:
    aliases = tuple(each for each in action.aliases if each not in taken)
    if key is None:
        return replace(action, aliases=aliases)
    return replace(action, key=key, shown=shown_key(key), aliases=aliases)


def read_keymap(typed: Mapping[str, str]) -> Keymap:
    """Read the `[keys]` of a person's settings: an action's id and the key that is to do it.

    Raises `UsageError` for an action or a key that does not exist, and where two actions of one
    screen would have the same key.
    """
    known = [
        action_id(table, action)
        for table in SCREENS.values()
        if screen_id(table) != _FIXED
        for action in table
    ]
    for name in typed:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            guess = f"Did you mean {close[0]}? " if close else ""
            what = f"there is no action “{visible(name)}”."
            raise UsageError(what, f"{guess}docs/keyboard.md lists them all.", title=_TITLE)
    keymap = Keymap({name: _key(name, key) for name, key in typed.items()})
    for table in SCREENS.values():
        _check_no_clash(table, keymap.remapped(table))
    return keymap


def _key(name: str, typed: str) -> str:
    """Return a key as Textual names it; a single character stands for itself."""
    match = _MODIFIERS.match(typed.lower())
    length = match.end() if match else 0
    modifiers, base = typed[:length].lower(), typed[length:]
    if len(base) == 1 and base.isprintable() and not base.isspace():
        key = modifiers + _character_to_key(base)
    else:
        key = modifiers + base.lower()
    if base.isdigit() and not modifiers:
        what = f"{name}: the digits give levels."
        raise UsageError(what, "Choose another key.", title=_TITLE)
    if key in _ALWAYS_TAKEN:
        what = f"{name}: {typed} is always for {_ALWAYS_TAKEN[key]}."
        raise UsageError(what, "Choose another key.", title=_TITLE)
    if len(base) != 1 and key not in _NAMED and base.lower() not in _NAMED:
        what = f"{name}: “{visible(typed)}” is not a key."
        raise UsageError(what, "Write e, ctrl+k, f5, space, enter or the like.", title=_TITLE)
    return key


def _check_no_clash(table: tuple[Action, ...], remapped: tuple[Action, ...]) -> None:
    doing: dict[str, str] = {}
    for action, chosen in zip(table, remapped, strict=True):
        name = action_id(table, action)
        for key in (chosen.key, *chosen.aliases):
            if key in doing:
                what = f"{shown_key(key)} would do both {doing[key]} and {name}."
                raise UsageError(what, "Give one of them another key.", title=_TITLE)
            doing[key] = name


def shown_key(key: str) -> str:
    """Return a key as the footer prints it: e, ^k, F5, Space."""
    *modifiers, base = key.split("+")
    printed = KEY_DISPLAY_ALIASES.get(base) or key_to_character(base) or base
    if len(printed) > 1:
        printed = printed.capitalize()
    signs = {"ctrl": "^", "alt": "Alt ", "shift": "Shift "}
    return "".join(signs[each] for each in modifiers) + printed
