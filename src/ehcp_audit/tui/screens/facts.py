"""The plan's facts on one screen: a letter each, the rest as offered with one key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual import events, on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from ehcp_audit.auditing.facts_asking import (
    APPEAL_OPEN,
    FactsAnswer,
    audit_again,
    audited_before,
    earlier_words,
    form_for,
)
from ehcp_audit.auditing.facts_form import FactsForm
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.facts import (
    FACTS_BY_ID,
    GROUPS,
    Fact,
    FactValue,
    fact_to_text,
    show_fact,
)
from ehcp_audit.domain.text import visible
from ehcp_audit.tui.actions import FORM, bindings
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.dialogs import ChoiceDialog, Option
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.lines import EMPTY, Line, hanging, line, wrapped
from ehcp_audit.tui.widgets.page import Page

LABEL_WIDTH = 29


class TypedFact(Input):
    """The field of a typed fact; Del clears the whole answer, as it does for the others."""

    BINDINGS = [Binding("delete", "screen.run('clear')", show=False)]


class FactsScreen(AuditScreen[FactsAnswer]):
    """Asks for the facts of a plan, or changes those of an audit."""

    PURPOSE = (
        "The facts decide which questions come up. Press a letter to answer and go on; "
        "Ctrl+S takes the rest as offered. An answer shown in grey is offered, not given."
    )
    ACTIONS = FORM
    BINDINGS = bindings(FORM)  # type: ignore[assignment]
    CSS = """
    FactsScreen #facts { width: 58%; padding: 0 1; border-right: solid $rule; }
    FactsScreen #right { width: 1fr; padding: 1 1 0 2; }
    FactsScreen #about { height: 1fr; }
    FactsScreen #typed { display: none; margin: 0 0 1 0; }
    FactsScreen #typed.-shown { display: block; }
    """

    def __init__(
        self,
        title: str,
        facts: Mapping[str, FactValue],
        *,
        new: bool,
        follows: str | None = None,
        reading: str | None = None,
        own: tuple[Fact, ...] = (),
    ) -> None:
        super().__init__()
        self._own = own
        self._title = title
        self._facts = dict(facts)
        self._new = new
        self._follows = follows
        self._reading = reading
        self._seen_before: set[str] = set()

    def body(self) -> Iterable[Widget]:
        """The facts on the left; the answers to the one under the cursor on the right."""
        with Horizontal():
            yield LineList(id="facts", letters=False)
            with Vertical(id="right"):
                yield TypedFact(id="typed")
                yield Page(id="about")

    def on_mount(self) -> None:
        """Begin at the first fact without an answer."""
        self._form = form_for(
            self.desk.team,
            self._facts,
            self.desk.today,
            own=self._own,
            asks_reference=self._new and not self._follows,
        )
        missing = self._form.missing()
        first = missing[0].id if missing and self._new else self._form.asked()[0].id
        self._at = first
        self._paint(first)
        self._enter()

    # ------------------------------------------------------------ showing

    @property
    def fact(self) -> Fact:
        """The fact under the cursor."""
        return self._fact(self._at)

    def _fact(self, fact_id: str) -> Fact:
        own = {fact.id: fact for fact in self._own}
        return own.get(fact_id) or FACTS_BY_ID[fact_id]

    def _paint(self, at: str | None = None) -> None:
        missing = len(self._form.missing())
        told = (
            "read only" if self._reading else f"{missing} still needed" if missing else "complete"
        )
        self.query_one(TopLine).show(((self._title, "bold"),), ((told, "muted"),))
        self.query_one("#facts", LineList).show(self._lines(), at)
        self.query_one("#about", Page).show(self._about)
        self.show_keys()

    def _lines(self) -> list[Line]:
        values, needed = self._form.values(), {fact.id for fact in self._form.missing()}
        lines: list[Line] = []
        group = 0
        for fact in self._form.asked():
            if fact.group != group:
                group = fact.group
                lines.append(Line(((GROUPS[group], "heading"),)))
            given = self._form.answers.get(fact.id) is not None
            value = values.get(fact.id)
            mark = "!" if fact.id in needed else " "
            style = "text" if given else "muted"
            label = f"{fact.label[:LABEL_WIDTH]:<{LABEL_WIDTH}} "
            parts = ((mark, "warn"), (label, "muted"), (show_fact(fact, value), style))
            lines.append(Line(parts, key=fact.id))
        return lines

    def _about(self, width: int) -> list[Line]:
        fact, room = self.fact, max(width, 16)
        value = self._form.values().get(fact.id)
        lines = [*wrapped(fact.label, room, "bold"), *wrapped(fact.help, room, "muted"), EMPTY]
        lines += self._choices(fact, value, room)
        if self._form.typed(fact):
            lines += wrapped(_typing_hint(fact), room, "muted")
            if fact.kind == "date" and isinstance(value, str):
                lines.append(line(f"= {show_fact(fact, value)}", "bold"))
        if fact.id == "dispute" and value == "appeal_open":
            lines += [EMPTY, *wrapped(APPEAL_OPEN, room, "warn")]
        return lines

    def _choices(self, fact: Fact, value: FactValue, room: int) -> list[Line]:
        chosen = value if isinstance(value, tuple) else (value,)
        lines = []
        if fact.id == "year_group":
            lines += wrapped("Type the year, 1 to 14: for 12, 1 and then 2.", room, "muted")
        for choice in self._form.choices(fact):
            if not choice.key or (fact.id == "year_group" and choice.key.isdigit()):
                continue
            here = choice.id in chosen
            ticked = ("☑ " if here else "☐ ") if fact.kind == "choices" else "▸ " if here else "  "
            first = ((ticked, "strong"), (f"{choice.key}  ", "strong"))
            lines += hanging(first, choice.label, room, "strong" if here else "text")
        return lines

    def why_not(self, name: str) -> str | None:
        """Say why a key does nothing here."""
        if self._reading and name in ("clear", "finish"):
            return self._reading
        return None

    # ------------------------------------------------------------ moving

    def _enter(self) -> None:
        """Give the focus to the field for typed facts, and to the list for the others."""
        field = self.query_one("#typed", Input)
        typed = self._form.typed(self.fact) and not self._reading
        field.set_class(typed, "-shown")
        if typed:
            with self.prevent(Input.Changed):
                field.value = visible(fact_to_text(self._form.answers.get(self._at)))
            field.cursor_position = len(field.value)
            self.set_focus(field)  # at once, so that what is typed ahead lands in the field
        else:
            self.set_focus(self.query_one("#facts"))

    def _leave(self) -> bool:
        """Take what was typed into the form; False where it cannot be read."""
        if not self._form.typed(self.fact) or self._reading:
            return True
        text = self.query_one("#typed", Input).value
        try:
            self._form = self._form.type(self.fact, text)
        except AuditToolError as error:
            self.tell(error)
            return False
        return True

    def _go(self, fact_id: str) -> None:
        if fact_id != self._at and not self._leave():
            self._paint(self._at)
            return
        asked_about = self._at
        self._at = fact_id
        self._paint(fact_id)
        self._enter()
        if asked_about == "plan_ref" and fact_id != "plan_ref":
            self._look_for_earlier()

    def _step(self, step: int) -> None:
        ids = [fact.id for fact in self._form.asked()]
        index = ids.index(self._at) + step
        if 0 <= index < len(ids):
            self._go(ids[index])
        elif self._leave():
            self._paint(self._at)
            if step > 0:
                self.say("That was the last. Ctrl+S is done.")

    def do_next(self) -> None:
        """Go to the next fact."""
        self._step(1)

    def do_previous(self) -> None:
        """Go to the fact before."""
        self._step(-1)

    @on(LineList.Moved, "#facts")
    def _moved(self, event: LineList.Moved) -> None:
        self._go(event.key)

    @on(Input.Submitted, "#typed")
    def _typed(self) -> None:
        self._step(1)

    def do_more(self) -> None:
        """Show the later groups, or hide them again."""
        if self._leave():
            self._form = FactsForm(**{**self._form.__dict__, "more": not self._form.more})
            if self._at not in {fact.id for fact in self._form.asked()}:
                self._at = self._form.asked()[0].id
            self._paint(self._at)
            self._enter()

    # ------------------------------------------------------------ answering

    def on_key(self, event: events.Key) -> None:
        """A letter answers the fact under the cursor; Enter goes on."""
        if self.query_one("#typed", Input).has_focus or self._reading:
            return
        if event.key == "enter":
            event.stop()
            self._step(1)
            return
        if not event.character or not event.is_printable:
            return
        event.stop()
        pressed = self._form.press(self.fact, event.character)
        if pressed is None:
            self.say(f"“{event.character}” is not an answer to “{self.fact.label}”.")
            return
        self._form, go_on = pressed
        if go_on:
            self._step(1)
        else:
            self._paint(self._at)

    def do_clear(self) -> None:
        """Make the fact unknown again."""
        with self.prevent(Input.Changed):
            self.query_one("#typed", Input).value = ""
        self._form = self._form.clear(self.fact)
        self._paint(self._at)

    def do_finish(self) -> None:
        """Take the rest as offered, or go to the first fact that is still needed."""
        if not self._leave() or self._look_for_earlier():
            return
        missing = self._form.missing()
        if missing:
            self._go(missing[0].id)
            self.say(f"Still needed: {', '.join(fact.label for fact in missing)}.")
            return
        self.dismiss(FactsAnswer(self._form.values(), self._follows))

    # ------------------------------------------------------------ a reference seen before

    def _look_for_earlier(self) -> bool:
        """Ask what to do where the plan was audited before; whether it was asked."""
        ref = str(self._form.answers.get("plan_ref"))
        if not self._new or ref in self._seen_before:
            return False
        earlier = audited_before(self.desk.store, self._form)
        if earlier is None:
            return False
        self._seen_before.add(ref)
        options = [
            Option("l", "Look at that audit"),
            Option("a", "Audit the plan again", "begins with its facts"),
            Option("p", "It is another plan", "type another reference"),
        ]

        def chosen(key: str | None) -> None:
            if key == "l":
                self.dismiss(FactsAnswer({}, look_at=earlier.id))
            elif key == "a":
                self._form = audit_again(self._form, earlier)
                self._follows = earlier.id
                self._go("plan_date")
            else:
                self._form = self._form.clear(FACTS_BY_ID["plan_ref"])
                self._at = "plan_ref"
                self._paint("plan_ref")
                self._enter()

        self.app.push_screen(
            ChoiceDialog(f"{ref} was audited before", options, earlier_words(earlier)), chosen
        )
        return True


def _typing_hint(fact: Fact) -> str:
    if fact.kind == "date":
        return "Type it day first: 3/9/2025, 3 Sep 25, or today. ⏎ goes on."
    return "Type it, then ⏎."
