"""Write docs/plain.md from the commands' tables; with --check, only say whether it is current."""

from __future__ import annotations

import sys
from pathlib import Path

from made_page import made_page

from ehcp_audit.cli.plain import commands

PAGE = Path(__file__).resolve().parent.parent / "docs" / "plain.md"
HEAD = """# Line prompts

`ehcp-audit --plain` asks and answers in lines: for screen readers, for terminals that only print,
and for pipes. It does everything that the screens do, on the same workspace, and leaves the same
record.

It opens

- with `--plain`, at a terminal or from a pipe;
- at a terminal that says it is dumb (`TERM=dumb`);
- at any terminal where `EHCP_AUDIT_PLAIN=1` is set, or after `ehcp-audit me --plain`, which keeps
  the choice in your own settings. `me --screens`, or `EHCP_AUDIT_PLAIN=0`, goes back to the
  screens.

## How it speaks

Lines are short, nothing is drawn or redrawn, and colour says nothing. Numbers stand before the
answers, and the prompt comes last. What was not done is told in a sentence that begins “Not
done:”. Columns of a report are read as a row a line, each figure with its heading.

- `?` says what can be typed, and reads what is asked again.
- Enter takes what the prompt offers, or reads again what is in view. `back` leaves a question
  unanswered.
- A question of the walk is read in full when you first come to it and in short after that; Enter
  reads it in full.
- A single letter is the letter of the same key on the screens. Words may be cut short where only
  one begins so: `sum` is `summary`.
- A text may follow its command on the line: `i Mum says he likes trains`, `x The advice was not
  available`.
- A text that ends in a backslash goes on in the next line.
- A report is read in parts: what it covers, its first part, then the parts by number. A number
  reads one, Enter the next, `all` the rest.
- What looks like an identifier in a text is pointed out before the text is taken; you decide.

## What is saved

Every answer is one committed change before it says “Saved”. Ctrl+C, a hang-up, or the end of the
input lose nothing that was said to be saved. Two things are not kept before they are finished:
the line that is being typed (the screens keep a draft of it at every key, a terminal in lines
hands it over only with Enter), and the facts of an audit that has not begun. Evidence that was
being typed on the screens when they were closed is offered here too.

Edit a rubric with `e`, in the editor that `VISUAL` or `EDITOR` names; when you leave it, what is
wrong is said by line.

## From a pipe

Answers may come from a file, a line each: `ehcp-audit --plain < answers.txt`. What is typed is
then printed after its prompt, so that the output reads as a conversation. The exit code is 0 when
the input ends.
"""
PLACES = {
    "Home": commands.HOME,
    "The plan's facts": commands.FORM,
    "The walk": commands.WALK,
    "The summary": commands.SUMMARY,
    "Flags": commands.FLAGS,
    "Trends": commands.TRENDS,
    "Rubrics": commands.RUBRICS,
}


def page() -> str:
    """Return the page as it should be."""
    parts = [HEAD]
    for place, table in PLACES.items():
        parts.append(f"\n## {place}\n\n| Typed | What it does |\n|---|---|\n")
        for command in table:
            typed = ", ".join(
                word if word in commands.KINDS_OF_NUMBER else f"`{word}`" for word in command.typed
            )
            parts.append(f"| {typed} | {command.help[:1].upper()}{command.help[1:]} |\n")
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(made_page(PAGE, page))
