"""Write docs/keyboard.md from the action table; with --check, only say whether it is up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from made_page import made_page

from ehcp_audit.tui.actions import SCREENS
from ehcp_audit.tui.keymap import action_id

PAGE = Path(__file__).resolve().parent.parent / "docs" / "keyboard.md"
HEAD = """# Keyboard

Every key of every screen, made from the action table (`make pages`).
The mouse does the same: click a line, click a key in the footer, turn the wheel.

In the walk, the digits of the rubric's levels score the question in view: `1` is the worst level.
In lists, ↑ and ↓, PgUp and PgDn, Home and End move; `j` and `k` too, where no letter means
something else. → or `l` opens what the cursor stands on and ← or `h` goes back; in the walk they go
to the next theme and to the theme before.

## Keys of your own

Your own settings (`ehcp-audit locate` says where they are) may give any action another key, by the
action's name in the last column below. A key that is taken, or is none, is told when you start; a
second key of an action (`j` beside ↓) gives way.

```toml
[keys]
"walk.evidence" = "e"
"walk.edit_note" = "ctrl+e"
"walk.history" = "h"
```

`ehcp-audit me --letters off` turns single letters, digits and signs off (WCAG 2.2, 2.1.4): they do
something only after `Ctrl+G`. In a field that you write in, they are text as ever.
"""


def page() -> str:
    """Return the page as it should be."""
    parts = [HEAD]
    for screen, actions in SCREENS.items():
        parts.append(
            f"\n## {screen}\n\n| Key | Name | What it does | Action |\n|---|---|---|---|\n"
        )
        for action in actions:
            shown = action.shown.replace("|", "\\|")
            name = action_id(actions, action)
            parts.append(f"| `{shown}` | {action.title} | {action.help} | `{name}` |\n")
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(made_page(PAGE, page))
