"""The action table: every key of every screen; bindings, footer, help and palette come from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from textual.binding import Binding


@dataclass(frozen=True)
class Action:
    """One thing a screen does; `name` is the screen's method `do_NAME`.

    `key` is Textual's name of the key and `shown` how it is printed; `aliases` do the same.
    `footer` is its word in the footer, `title` its name in palette and help (“Area: Verb”).
    What is done `seldom` is left out of a footer that is full, the last of the table first.
    """

    name: str
    key: str
    shown: str
    footer: str
    title: str
    help: str
    aliases: tuple[str, ...] = ()
    seldom: bool = False


def bindings(actions: tuple[Action, ...]) -> list[Binding]:
    """Return the bindings of a screen's actions; each has the action's name as its id."""
    made = []
    for action in actions:
        keys = ",".join((action.key, *action.aliases))
        made.append(
            Binding(keys, f"run('{action.name}')", action.title, show=False, id=action.name)
        )
    return made


HELP: Final = Action(
    "help", "question_mark", "?", "help", "Help: Show the keys of this screen",
    "What this screen is for, and every key it has.", ("f1",),
)  # fmt: skip
PALETTE: Final = Action(
    "palette", "colon", ":", "commands", "Commands: Find by name",
    "Type part of a name to find anything this screen can do.", ("ctrl+p",),
)  # fmt: skip
QUIT: Final = Action(
    "quit", "q", "q", "quit", "Program: Quit",
    "Leave at once. Everything is saved already.", ("ctrl+q",),
)  # fmt: skip
JUMP: Final = Action(
    "jump", "apostrophe", "'", "jump", "Screen: Jump to a letter",
    "A letter appears beside everything you can go to; press it.", ("ctrl+o",), seldom=True,
)  # fmt: skip
BACK: Final = Action(
    "back", "escape", "Esc", "back", "Screen: Go back",
    "To the screen before; ← and h do the same.", ("left", "h"),
)  # fmt: skip

HOME: Final = (
    Action("go_on", "c", "c", "continue", "Audit: Continue where I stopped",
           "Opens your latest draft at its next undecided question."),
    Action("begin", "n", "n", "new audit", "Audit: Start a new one",
           "Asks for the plan's facts, then opens the walk."),
    Action("open", "enter", "⏎", "open", "Audit: Open the chosen one",
           "A draft opens at its next question, a finished audit at its summary.", ("right", "l")),
    Action("find", "slash", "/", "find", "Audits: Find by reference, auditor or fact",
           "Every word must occur; Esc shows all again."),
    Action("filter", "f", "f", "filter", "Audits: Filter by state",
           "Goes through: drafts and finished, my own, drafts, finished, withdrawn."),
    Action("across", "a", "a", "across plans", "Audits: Score one question across plans",
           "One question on all your drafts, plan by plan; each is still read and signed as one."),
    Action("flags", "exclamation_mark", "!", "flags", "Flags: Show what waits",
           "Safeguarding, provision not happening and the rest, for whoever passes them on."),
    Action("trends", "t", "t", "trends", "Trends: Show what the audits say",
           "Period by period, each theme and question with its range."),
    Action("rubrics", "r", "r", "rubrics", "Rubrics: Look, edit, begin one",
           "The rubric files of this workspace, as auditors see them, and their editor."),
    Action("who", "w", "w", "who I am", "Me: Change name or agency",
           "The name or initials and agency that stand on your audits."),
    Action("example", "e", "e", "example", "Example: Make and open synthetic data",
           "A workspace of made-up audits to try the tool on; your own is not touched."),
    Action("theme", "d", "d", "colours", "Screen: Change colours",
           "Dark, light or high contrast."),
    JUMP, HELP, PALETTE, QUIT,
)  # fmt: skip

WALK: Final = (
    Action("evidence", "i", "i", "evidence", "Evidence: Write a note",
           "What you saw and where. Enter goes from text to section to page; Esc is done."),
    Action("not_applicable", "n", "n", "not applicable", "Score: Not applicable",
           "The question does not arise for this plan. Asks for a reason."),
    Action("not_evidenced", "x", "x", "not evidenced", "Score: Not evidenced",
           "You could not look: say which paper was missing."),
    Action("undo", "u", "u", "undo", "Edit: Undo my last change",
           "Takes back your newest change in this audit; works after a restart."),
    Action("redo", "ctrl+r", "^r", "redo", "Edit: Redo",
           "Puts back what undo took away."),
    Action("flag", "exclamation_mark", "!", "flag", "Flags: Raise or answer one",
           "Safeguarding stops the walk; provision not happening, another child, follow up."),
    Action("find", "slash", "/", "go to", "Questions: Go to any",
           "Type its number, or part of its name; g does the same.", ("g",)),
    Action("filter", "t", "t", "list only", "Questions: List only some",
           "Those in a state, or of an agency, a theme or a section; Esc lists all again."),
    Action("summary", "s", "s", "summary", "Audit: Show the summary",
           "Grade, what limits it, what is missing, and sign-off."),
    Action("next_unscored", "space", "Space", "next open", "Questions: Next undecided",
           "Goes to the next question without a decision."),
    Action("edit_note", "e", "e", "edit note", "Evidence: Change or delete a note",
           "Changes the newest note of this question; clear it to delete it."),
    Action("unscore", "backspace", "⌫", "clear", "Score: Clear",
           "The question is undecided again.", ("delete",)),
    Action("facts", "f", "f", "facts", "Facts: Look or change",
           "The plan facts of this audit; questions follow them."),
    Action("use_phrase", "b", "b", "phrases", "Evidence: Use a phrase",
           "Your own and the team's phrases for this question; a number writes one."),
    Action("keep_phrase", "p", "p", "keep phrase", "Evidence: Keep as a phrase",
           "Keeps the newest note of this question for yourself or the team.", seldom=True),
    Action("cause", "c", "c", "cause", "Score: Say why it is weak",
           "Asked by itself after a weak level, where the rubric asks; a letter answers.",
           seldom=True),
    Action("keep_before", "equals_sign", "=", "keep as before", "Score: Keep as before",
           "In a re-audit: what the audit before found and nothing has changed, with its evidence.",
           seldom=True),
    Action("exemplar", "asterisk", "*", "share", "Evidence: Mark to be shared",
           "An example of good work, for others to see; again takes the mark away.", seldom=True),
    Action("next_flagged", "m", "m", "next flag", "Flags: Go to the next",
           "The next question with an open flag.", seldom=True),
    Action("hand_over", "o", "o", "hand over", "Audit: Hand over to another auditor",
           "Asks whom and why; every name is kept. A colleague's draft can be taken over so.",
           seldom=True),
    Action("history", "r", "r", "history", "Questions: Show the history",
           "The record here: who scored and wrote, when, what it was before, and why.",
           seldom=True),
    Action("why", "y", "y", "why", "Questions: Why we ask, in full",
           "The findings of inspectors and reviewers, and the law, behind this question."),
    Action("move_version", "v", "v", "version", "Audit: Move to the newest version",
           "To the rubric's newest frozen version, where nothing the draft holds is lost.",
           seldom=True),
    Action("withdraw", "w", "w", "withdraw", "Audit: Withdraw a draft begun by mistake",
           "It stays in the record and never counts. Asks for a reason.", seldom=True),
    Action("down", "down", "↓", "down", "Questions: Next in the list",
           "One question down; j does the same.", ("j",), seldom=True),
    Action("up", "up", "↑", "up", "Questions: Previous in the list",
           "One question up; k does the same.", ("k",), seldom=True),
    Action("next_theme", "right", "→", "next theme", "Questions: Next theme",
           "To the first question of the next theme; l does the same.", ("l",), seldom=True),
    Action("previous_theme", "left", "←", "theme before", "Questions: Theme before",
           "To the first question of the theme before; h does the same.", ("h",), seldom=True),
    Action("back", "escape", "Esc", "home", "Screen: Go home",
           "Lists all questions again first, where some are left out. Everything is saved."),
    JUMP, HELP, PALETTE, QUIT,
)  # fmt: skip

SUMMARY: Final = (
    Action("sign", "g", "g", "sign off", "Audit: Sign off",
           "Locks the audit; it counts from then on."),
    Action("first_gap", "m", "m", "to what is missing", "Audit: Go to the first gap",
           "Opens the walk at the first question that lacks something."),
    Action("walk", "enter", "⏎", "walk", "Audit: Open the walk",
           "Read every question with its score and evidence.", ("right", "l")),
    Action("keep", "equals_sign", "=", "keep unchanged", "Audit: Keep what is offered unchanged",
           "In a re-audit: keeps all that the audit before found and that is not asked again."),
    Action("slip", "s", "s", "slips", "Slip: Show the feedback slips",
           "For the plan's writer and for each agency; from there they are written to a file."),
    Action("answer", "y", "y", "their answer", "Slip: Keep what was answered",
           "What the writer or an agency answered, and whether they dispute the audit."),
    Action("report", "p", "p", "whole audit", "Audit: Show it as it is printed",
           "The report of this audit; from there it is written to a file."),
    Action("trail", "t", "t", "trail", "Audit: Show everything that was done to it",
           "Who, when, from what to what, and why."),
    Action("before_after", "b", "b", "before and after", "Audit: Show before and after",
           "Of a re-audit: whether what was asked was done, and the two grades."),
    Action("reopen", "o", "o", "reopen", "Audit: Reopen with a reason",
           "A signed audit can be changed again; it stops counting until signed again."),
    Action("re_audit", "a", "a", "audit again", "Audit: Audit this plan again",
           "Begins an audit of the same plan, with its facts, after changes."),
    Action("facts", "f", "f", "facts", "Facts: Look or change",
           "The plan facts of this audit."),
    JUMP, BACK, HELP, PALETTE, QUIT,
)  # fmt: skip

FLAGS: Final = (
    Action("answer", "enter", "⏎", "answer", "Flags: Answer the chosen one",
           "Which role was told and when, what was done, or why it is no concern."),
    Action("open", "o", "o", "open the plan", "Flags: Open the audit",
           "At the question where the flag was raised.", ("right", "l")),
    Action("every", "a", "a", "answered too", "Flags: Show answered ones too",
           "Or only those that wait, again."),
    BACK, HELP, PALETTE, QUIT,
)  # fmt: skip

WRITE: Final = Action(
    "write", "w", "w", "write to a file", "Page: Write it to a file",
    "The ending of the name says the format: .txt, .md, .pdf, .html, .json.",
)  # fmt: skip
PAGE: Final = (WRITE, BACK, HELP, PALETTE, QUIT)

SLIP: Final = (
    Action("party", "n", "n", "next slip", "Slip: The next one",
           "The plan's writer, then education, health and social care."),
    Action("due", "d", "d", "by when", "Slip: Say by when to put it right",
           "Of a draft plan only: the day you give; none is worked out."),
    Action("pen", "e", "e", "slip of the pen", "Slip: Say which point is a slip of the pen",
           "Of a final plan only: what may simply be corrected; press again to take it back."),
    Action("answer", "y", "y", "their answer", "Slip: Keep what was answered",
           "What they answered, and whether they dispute the audit."),
    WRITE, BACK, HELP, PALETTE, QUIT,
)  # fmt: skip

FORM: Final = (
    Action("finish", "ctrl+s", "^s", "done", "Facts: Done; the rest as offered",
           "Takes the defaults for what is not answered and goes on; says what is still needed."),
    Action("next", "down", "↓", "next", "Facts: Next", "Go to the next fact.", ("tab",)),
    Action("previous", "up", "↑", "previous", "Facts: Previous", "Go to the fact before.",
           ("shift+tab",)),
    Action("clear", "delete", "Del", "clear", "Facts: Clear the answer",
           "The fact is unknown again."),
    Action("more", "f2", "F2", "more facts", "Facts: Show the rest",
           "Where the plan came from; once more, the dates that time limits are worked out from."),
    Action("back", "escape", "Esc", "cancel", "Screen: Go back without saving",
           "Nothing is changed."),
    Action("help", "f1", "F1", "help", "Help: Show the keys of this screen",
           "What this screen is for, and every key it has."),
)  # fmt: skip

TRENDS: Final = (
    Action("deeper", "enter", "⏎", "deeper", "Trends: Go deeper",
           "From a theme to its questions, from a question to its evidence, then to the audit.",
           ("right", "l")),
    Action("page", "v", "v", "whole page", "Trends: Show the whole page",
           "As it is printed; w writes it there to a file."),
    Action("compare", "c", "c", "compare two", "Trends: Compare two groups or periods",
           "Side by side, with what chance explains."),
    Action("period", "p", "p", "period", "Trends: Change the period",
           "Month, two months, quarter, half-year, term or year."),
    Action("axis", "b", "b", "by date of", "Trends: By audit date or plan date",
           "When audits were done, or when the plans were made."),
    Action("filter", "f", "f", "filter", "Trends: Filter by a fact",
           "Choose a fact, then the value; Clear shows all again."),
    Action("reasons", "r", "r", "which audits", "Trends: Routine sample or all audits",
           "A headline counts only plans drawn in a routine sample."),
    Action("rubric", "o", "o", "rubric", "Trends: Another rubric",
           "Where audits were made against more than one."),
    JUMP, BACK, HELP, PALETTE, QUIT,
)  # fmt: skip

EDITOR: Final = (
    Action("leave", "escape", "Esc", "done", "Evidence: Done", "The note is saved as it stands."),
    Action("next_field", "enter", "⏎", "text, section, page", "Evidence: Next field",
           "From text to section to page, then done. Ctrl+J begins a new line."),
)  # fmt: skip

RUBRICS: Final = (
    Action(
        "edit",
        "e",
        "e",
        "edit",
        "Rubrics: Edit the chosen file",
        "The text, with what is wrong told as you type.",
        ("enter", "right", "l"),
    ),
    Action(
        "create",
        "n",
        "n",
        "new",
        "Rubrics: Begin a new one",
        "A commented file with one question, ready to change.",
    ),
    Action(
        "form",
        "p",
        "p",
        "blank form",
        "Rubrics: Write a blank form",
        "A text file with boxes to tick, for a meeting room.",
    ),
    Action(
        "publish",
        "u",
        "u",
        "publish",
        "Rubrics: Publish this version",
        "Says what it changes and what that does, asks who read the sources, then freezes it.",
    ),
    JUMP,
    BACK,
    HELP,
    PALETTE,
    QUIT,
)

RUBRIC_EDITOR: Final = (
    Action("write", "ctrl+s", "^s", "write", "Rubric: Write the file", "Valid or not; said which."),
    Action(
        "next_problem",
        "f8",
        "F8",
        "next problem",
        "Rubric: Go to the next problem",
        "The line and column where it is.",
    ),
    Action(
        "back",
        "escape",
        "Esc",
        "back",
        "Screen: Go back",
        "Asks what becomes of changes that are not written.",
    ),
    Action(
        "help",
        "f1",
        "F1",
        "help",
        "Help: Show the keys of this screen",
        "What this screen is for, and every key it has.",
    ),
)

SCREENS: Final = {
    "Home": HOME,
    "The walk": WALK,
    "Writing evidence": EDITOR,
    "Summary": SUMMARY,
    "Flags": FLAGS,
    "A page": PAGE,
    "Feedback slip": SLIP,
    "Plan facts": FORM,
    "Trends": TRENDS,
    "Rubrics": RUBRICS,
    "Rubric editor": RUBRIC_EDITOR,
}
