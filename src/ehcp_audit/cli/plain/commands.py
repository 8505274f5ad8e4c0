"""The commands of the line prompts: what is typed, and which action of the screens it is.

A single letter means here what its key means on the screen; whatever has no such letter is a
word. Words may be cut short where only one begins so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ehcp_audit.cli.plain.desk import Left
from ehcp_audit.cli.plain.talk import Talk
from ehcp_audit.domain.errors import AuditToolError


@dataclass(frozen=True)
class Command:
    """One thing to do: `name` is the action's name on the screens, `typed` its letter and words."""

    name: str
    typed: tuple[str, ...]
    help: str

    @property
    def said(self) -> str:
        """The command as the help reads it out."""
        return f"{' or '.join(self.typed)}: {self.help}"


def said_of(commands: Sequence[Command]) -> tuple[str, ...]:
    """Return the commands as the help reads them out."""
    return tuple(command.said for command in commands)


@dataclass(frozen=True)
class Typed:
    """What a line was taken for: a command and what stands after it."""

    command: Command
    rest: str = ""


A_DIGIT: Final = "a digit"
A_NUMBER: Final = "a number"
KINDS_OF_NUMBER: Final = (A_DIGIT, A_NUMBER)

_HELP: Final = Command("help", ("?", "help"), "says the commands again.")
_QUIT: Final = Command("quit", ("q", "quit"), "leaves the program. Everything is saved already.")
_BACK: Final = Command("back", ("back",), "goes back to where you came from.")

HOME: Final = (
    Command("go_on", ("c", "continue"), "goes on with your latest draft."),
    Command("begin", ("n", "new"), "starts a new audit."),
    Command("open", ("open",), "opens an audit of the list; its number alone does the same."),
    Command("list", ("list",), "reads the audits out; more goes on."),
    Command("more", ("more",), "reads the next ten audits of the list."),
    Command("find", ("/", "find"), "finds audits by reference, auditor or fact: / and the words."),
    Command("filter", ("f", "filter"), "filters by state: drafts, finished, mine, withdrawn."),
    Command("across", ("a", "across"), "scores one question on all your drafts, plan by plan."),
    Command("flags", ("!", "flags"), "says which flags wait to be answered."),
    Command("trends", ("t", "trends"), "says what the audits show over time."),
    Command("rubrics", ("r", "rubrics"), "reads, checks and publishes the rubrics."),
    Command("who", ("w", "who"), "changes your name or agency."),
    Command("example", ("e", "example"), "makes and opens a workspace of made-up audits."),
    _HELP, _QUIT,
)  # fmt: skip


WALK: Final = (
    Command("score", (A_DIGIT,), "gives the level of that number."),
    Command("evidence", ("i", "evidence"), "writes evidence; the text may follow on the line."),
    Command("not_applicable", ("n", "not applicable"), "not applicable, with a reason."),
    Command("not_evidenced", ("x", "not evidenced"), "not evidenced, saying which paper."),
    Command("undo", ("u", "undo"), "takes back your newest change in this audit."),
    Command("redo", ("redo",), "puts back what undo took away."),
    Command("find", ("/", "g", "find"), "finds a question by its words: / and the words."),
    Command("filter", ("t", "only"), "goes through some questions only: in a state, of an agency."),
    Command("go", ("#",), "goes to a question by its number, such as #12."),
    Command("next_unscored", ("next",), "goes to the next undecided question."),
    Command("down", ("j", "down"), "goes to the question after this one."),
    Command("up", ("k", "up"), "goes to the question before this one."),
    Command("next_theme", ("l", "theme"), "goes to the first question of the next theme."),
    Command("previous_theme", ("h", "before"), "goes to that of the theme before."),
    Command("list", ("list",), "reads out all questions with their scores."),
    Command("read", ("read",), "reads this question again; Enter alone does the same."),
    Command("edit_note", ("e", "edit"), "changes or deletes a note of this question."),
    Command("use_phrase", ("b", "phrases"), "writes a kept phrase as evidence."),
    Command("keep_phrase", ("p", "keep"), "keeps the newest note here as a phrase."),
    Command("cause", ("c", "cause"), "says why it is weak, where the rubric asks."),
    Command("exemplar", ("*", "share"), "marks the evidence here to be shared, or no longer."),
    Command("flag", ("!", "flag"), "raises a flag, or answers one: safeguarding and others."),
    Command("next_flagged", ("m", "flagged"), "goes to the next question with an open flag."),
    Command("unscore", ("clear",), "takes the score of this question away."),
    Command("facts", ("f", "facts"), "looks at the plan's facts, or changes them."),
    Command("keep_before", ("=", "as before"), "keeps what the audit before found here."),
    Command("history", ("r", "history"), "says who changed this question, when and why."),
    Command("why", ("y", "why"), "says why we ask: findings and law, in full."),
    Command("summary", ("s", "summary"), "goes to the summary and to sign-off."),
    Command("move_version", ("v", "version"), "moves to the rubric's newest version."),
    Command("hand_over", ("o", "hand over"), "hands the draft to another auditor, with a reason."),
    Command("withdraw", ("w", "withdraw"), "withdraws a draft begun by mistake."),
    Command("back", ("home", "back"), "goes home. Everything is saved already."),
    _HELP, _QUIT,
)  # fmt: skip

SUMMARY: Final = (
    Command("sign", ("g", "sign off"), "signs the audit off; it counts from then on."),
    Command("first_gap", ("m", "missing"), "goes to the first question that lacks something."),
    Command("walk", ("walk",), "goes to the questions, with scores and evidence."),
    Command("reopen", ("o", "reopen"), "reopens a signed audit, with a reason."),
    Command("re_audit", ("a", "again"), "audits this plan again, after changes."),
    Command("facts", ("f", "facts"), "looks at the plan's facts."),
    Command("keep", ("=", "keep"), "in a re-audit: keeps all that is offered unchanged."),
    Command("slip", ("s", "slips"), "reads out the feedback slips, one party after another."),
    Command("answer", ("y", "answer"), "keeps what the writer or an agency answered."),
    Command("report", ("p", "report"), "reads the whole audit out, every question."),
    Command("trail", ("t", "trail"), "reads out everything that was done to this audit."),
    Command("before_after", ("b", "before"), "in a re-audit: was it done, and the two grades."),
    Command("read", ("read",), "reads the summary again; Enter alone does the same."),
    _BACK, _HELP, _QUIT,
)  # fmt: skip

_WRITE: Final = Command("write", ("w", "write"), "writes it to a file; the name may follow.")

PAGE: Final = (
    _WRITE,
    Command("read", ("read",), "reads the page again; Enter alone does the same."),
    _BACK, _HELP, _QUIT,
)  # fmt: skip

SLIP: Final = (
    Command("party", ("n", "next"), "goes to the next slip: writer, then each agency."),
    Command("due", ("d", "date"), "of a draft plan: the day to put it right by."),
    Command("pen", ("e", "pen"), "of a final plan: says which point is a slip of the pen."),
    Command("answer", ("y", "answer"), "keeps what they answered."),
    _WRITE,
    Command("read", ("read",), "reads the slip again; Enter alone does the same."),
    _BACK, _HELP, _QUIT,
)  # fmt: skip

FORM: Final = (
    Command("finish", ("done",), "takes the rest as offered; says what is still needed."),
    Command("next", ("next",), "goes to the next fact and keeps this answer."),
    Command("previous", ("up",), "goes to the fact before."),
    Command("clear", ("clear",), "makes this fact unknown again."),
    Command("more", ("more",), "asks the later facts too, or no longer."),
    Command("list", ("list",), "reads out all facts and answers."),
    Command("back", ("cancel", "back"), "leaves; nothing of this form is changed."),
    Command("help", ("?", "help"), "reads this fact again, and these commands."),
)  # fmt: skip

FLAGS: Final = (
    Command("answer", ("answer",), "answers a flag; its number alone does the same."),
    Command("open", ("o", "open"), "opens the audit where a flag was raised."),
    Command("every", ("a", "all"), "says answered flags too, or no longer."),
    Command("list", ("list",), "reads the flags again; Enter alone does the same."),
    _BACK, _HELP, _QUIT,
)  # fmt: skip

TRENDS: Final = (
    Command("deeper", ("deeper",), "goes from a measure to its questions and evidence."),
    Command("page", ("v", "page"), "opens the whole page, to be read or written to a file."),
    Command("compare", ("c", "compare"), "sets two groups or two periods side by side."),
    Command("part", (A_NUMBER,), "reads that part of the page."),
    Command("period", ("p", "period"), "changes the period."),
    Command("axis", ("b", "by"), "goes by the date of the audit, or by that of the plan."),
    Command("filter", ("f", "filter"), "filters by a fact."),
    Command("reasons", ("r", "which"), "counts the routine sample only, or all audits."),
    Command("rubric", ("o", "rubric"), "goes to another rubric."),
    Command("read", ("read",), "reads the figures again; Enter alone does the same."),
    _BACK, _HELP, _QUIT,
)  # fmt: skip

RUBRICS: Final = (
    Command("show", ("show",), "reads a rubric out; its number alone does the same."),
    Command("edit", ("e", "edit"), "opens a rubric in your own editor, then checks it."),
    Command("check", ("check",), "says what is wrong with a rubric."),
    Command("create", ("n", "new"), "begins a new rubric."),
    Command("form", ("p", "form"), "writes a blank form, for a meeting room."),
    Command("publish", ("u", "publish"), "publishes a version, first saying what that does."),
    Command("list", ("list",), "reads the list again."),
    _BACK, _HELP, _QUIT,
)  # fmt: skip


def next_command(
    talk: Talk, prompt: str, commands: Sequence[Command], *, enter: str, number: str = ""
) -> Typed:
    """Ask until a command is understood.

    Enter alone is the command named `enter`, and a number alone the one named `number`.
    """
    by_name = {command.name: command for command in commands}
    while True:
        line = talk.line(prompt)
        typed = line.strip()
        if not typed:
            return Typed(by_name[enter])
        if typed.isdigit() and number:
            return Typed(by_name[number], typed)
        found = understand(line, commands)
        if found is not None:
            return found
        talk.cannot(f"“{typed}” is not understood. ? says what can be typed.")


def converse(
    talk: Talk,
    prompt: str,
    commands: Sequence[Command],
    do: Mapping[str, Callable[[str], None]],
    *,
    enter: str,
    number: str = "",
    why_not: Callable[[str], str | None] = lambda _: None,
) -> None:
    """Ask for commands and do them, by name, until one of them goes back; errors are told.

    `why_not` says why one cannot be done now. Raises `Left` where the program is left.
    """
    while True:
        typed = next_command(talk, prompt, commands, enter=enter, number=number)
        name = typed.command.name
        if name == "back":
            return
        if name == "quit":
            raise Left
        if name == "help":
            talk.say(*said_of(commands))
        elif reason := why_not(name):
            talk.cannot(reason)
        else:
            try:
                do[name](typed.rest)
            except AuditToolError as error:
                talk.not_done(error)


def understand(line: str, commands: Sequence[Command]) -> Typed | None:
    """Return the command that a line begins with and what follows it; None for none or two."""
    typed = " ".join(line.split())
    for sign in ("/", "#"):
        if typed.startswith(sign):
            rest = line.strip()[1:].strip()
            found = _named(sign, commands)
            return Typed(found, rest) if found is not None else None
    lowered = typed.lower()
    for command in commands:
        for word in sorted(command.typed, key=len, reverse=True):
            if lowered == word or lowered.startswith(f"{word} "):
                return Typed(command, _after(line, len(word.split())))
    first = lowered.partition(" ")[0]
    begun = [
        command
        for command in commands
        if len(first) > 1 and any(word.startswith(first) for word in command.typed)
    ]
    return Typed(begun[0], _after(line, 1)) if len(begun) == 1 else None


def _named(sign: str, commands: Sequence[Command]) -> Command | None:
    return next((command for command in commands if sign in command.typed), None)


def _after(line: str, words: int) -> str:
    """Return the rest of a line after its first words, as it was typed."""
    parts = line.strip().split(None, words)
    return parts[words] if len(parts) > words else ""
