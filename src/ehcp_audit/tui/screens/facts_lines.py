"""The lines of the facts screen: the list of facts, and what stands beside the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from ehcp_audit.auditing.facts_form import FactsForm
from ehcp_audit.auditing.facts_words import doubt_words, limit_words, marks, note_words
from ehcp_audit.domain.facts import GROUPS, Fact, FactValue, show_fact
from ehcp_audit.domain.text import one_line
from ehcp_audit.tui.widgets.lines import EMPTY, Line, hanging, line, wrapped

LABEL_WIDTH, NARROW_LABEL_WIDTH = 30, 28


def fact_lines(form: FactsForm, *, roomy: bool) -> list[Line]:
    """Return the facts that are asked, each with its answer and where its time limit stands."""
    values, needed = form.values(), {fact.id for fact in form.missing()}
    doubted = {doubt.facts[0] for doubt in form.doubts()}
    beside = marks(form)
    width = LABEL_WIDTH if roomy else NARROW_LABEL_WIDTH
    lines: list[Line] = []
    group = 0
    for fact in form.asked():
        if fact.group != group:
            group = fact.group
            lines.append(Line(((GROUPS[group], "heading"),)))
        mark = "!" if fact.id in needed else "?" if fact.id in doubted else " "
        style = "muted" if form.answers.get(fact.id) is None else "text"
        label = f"{one_line(fact.label, width):<{width}} "
        parts = ((mark, "warn"), (label, "muted"), (show_fact(fact, values.get(fact.id)), style))
        words, tone = beside.get(fact.id, ("", ""))
        right = ((words if roomy else words[:1], tone),) if words else ()
        lines.append(Line(parts, key=fact.id, right=right))
    if given := form.given_later():
        lines.append(line(f"F2 shows {given} more, answered before", "muted"))
    return lines


def about_lines(form: FactsForm, fact: Fact, width: int, also: Sequence[str] = ()) -> list[Line]:
    """Return the answers to a fact, what its answer comes to, and what is to be said also."""
    room = max(width, 16)
    value = form.values().get(fact.id)
    lines = [*wrapped(fact.label, room, "bold")]
    lines += wrapped(fact.help, room, "muted") if fact.help else []
    if form.typed(fact):
        lines += _typed(form, fact, value, room)
    else:
        lines += [EMPTY, *_choices(form, fact, value, room)]
    for sentence in note_words(form, fact):
        lines += [EMPTY, *wrapped(sentence, room, "warn")]
    for sentence in doubt_words(form, fact):
        lines += [EMPTY, *hanging((("? ", "warn"),), sentence, room, "warn")]
    for sentence, tone in limit_words(form, fact):
        if tone == "text":
            lines += wrapped(sentence, room, indent="  ")
        elif tone == "source":
            lines += wrapped(sentence, room, "muted", indent="  ")
        else:
            lines += [EMPTY, *hanging(((sentence[:2], tone),), sentence[2:], room, tone)]
    for sentence in also:
        lines += [EMPTY, *wrapped(sentence, room, "warn")]
    return lines


def notes_before(form: FactsForm, fact: Fact) -> tuple[str, ...]:
    """Return what is to be borne in mind at a fact that was left with its answer."""
    return tuple(f"{fact.label}: {sentence}" for sentence in note_words(form, fact))


def _typed(form: FactsForm, fact: Fact, value: FactValue, room: int) -> list[Line]:
    if fact.kind == "date" and isinstance(value, str):
        return [line(f"= {show_fact(fact, value)}", "strong")]
    if fact.kind == "date":
        return wrapped("Type it day first: 3/9/2025, 3 Sep 25, or today.", room, "muted")
    listed = form.codes.get(fact.id, ())
    codes = [EMPTY, *wrapped(", ".join(listed), room, "muted")] if listed else []
    return [*wrapped("Type it, then ⏎.", room, "muted"), *codes]


def _choices(form: FactsForm, fact: Fact, value: FactValue, room: int) -> list[Line]:
    chosen = value if isinstance(value, tuple) else (value,)
    lines = []
    if fact.id == "year_group":
        lines += wrapped("Type the year, 1 to 14: for 12, 1 and then 2.", room, "muted")
    if fact.kind == "choices":
        lines += wrapped("Press a letter to tick or untick it.", room, "muted")
    for choice in form.choices(fact):
        if not choice.key or (fact.id == "year_group" and choice.key.isdigit()):
            continue
        here = choice.id in chosen
        ticked = ("☑ " if here else "☐ ") if fact.kind == "choices" else "▸ " if here else "  "
        first = ((ticked, "strong"), (f"{choice.key}  ", "strong"))
        lines += hanging(first, choice.label, room, "strong" if here else "text")
    return lines
