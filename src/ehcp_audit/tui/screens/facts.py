"""The plan's facts on one screen: a letter each, the rest as offered with one key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from textual import events, on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from ehcp_audit.auditing.facts_asking import (
    FactsAnswer,
    audit_again,
    audited_before,
    earlier_words,
    form_for,
)
from ehcp_audit.auditing.facts_words import standing
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.facts import (
    FACTS_BY_ID,
    Fact,
    FactValue,
    typed_text,
)
from ehcp_audit.domain.text import visible
from ehcp_audit.tui.actions import FORM, bindings
from ehcp_audit.tui.base import WIDE, AuditScreen
from ehcp_audit.tui.dialogs import ChoiceDialog, Option
from ehcp_audit.tui.screens.facts_lines import about_lines, fact_lines, notes_before
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.page import Page


class TypedFact(Input):
    """The field of a typed fact; Del clears the whole answer, as it does for the others."""

    HELP = (
        "A fact that is typed, such as a date: 3/9/2025, 3 Sep 25, 2025-09-03 or today. ↓ "
        "and Tab go on."
    )

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
    FactsScreen #typed {
        display: none; border: none; height: 1; margin: 0 0 1 0; background: $panel; padding: 0 1;
    }
    FactsScreen #typed.-shown { display: block; }
    FactsScreen ToastRack { dock: bottom; align: right bottom; margin: 0 0 1 0; }
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
        notices: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._notices = tuple(notices)
        self._left: Fact | None = None
        self._own = own
        self._title = title
        self._facts = dict(facts)
        self._new = new
        self._follows = follows
        self._reading = reading
        self._seen_before: set[str] = set()
        self._at = ""

    def body(self) -> Iterable[Widget]:
        """The facts on the left; the answers to the one under the cursor on the right."""
        with Horizontal():
            yield LineList(id="facts", letters=False)
            with Vertical(id="right"):
                yield TypedFact(id="typed", compact=True)
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
        self._enter()
        self._paint(first)

    # ------------------------------------------------------------ showing

    @property
    def fact(self) -> Fact:
        """The fact under the cursor."""
        return self._fact(self._at)

    def _fact(self, fact_id: str) -> Fact:
        own = {fact.id: fact for fact in self._own}
        return own.get(fact_id) or FACTS_BY_ID[fact_id]

    def _paint(self, at: str | None = None) -> None:
        """Show the form with what is being typed, as far as it can be read yet."""
        form = self._form
        field = self.query_one("#typed", Input)
        if field.has_class("-shown") and field.has_focus:
            form = form.reading(self.fact, field.value)
        told = (("read only", "muted"),) if self._reading else standing(form)
        self.query_one(TopLine).show(((self._title, "bold"),), told)
        lines = fact_lines(form, roomy=self.size.width >= WIDE)
        self.query_one("#facts", LineList).show(lines, at)
        left = () if self._left is None else notes_before(form, self._left)
        also = (*left, *self._notices)
        self.query_one("#about", Page).show(lambda width: about_lines(form, self.fact, width, also))
        self.show_keys()

    @on(Input.Changed, "#typed")
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._paint(self._at)

    def on_resize(self) -> None:
        """Show where limits stand in words where there is room for them."""
        super().on_resize()
        if self._at:
            self._paint(self._at)

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
                field.value = visible(typed_text(self.fact, self._form.answers.get(self._at)))
            field.select_all()  # so that what is typed takes the place of what was there
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

    def _go(self, fact_id: str, answered: Fact | None = None) -> None:
        """Go to a fact; what one that was just `answered` says to bear in mind stays in view."""
        if fact_id != self._at and not self._leave():
            self._paint(self._at)
            return
        asked_about = self._at
        self._at, self._left = fact_id, answered
        self._enter()
        self._paint(fact_id)
        if asked_about == "plan_ref" and fact_id != "plan_ref":
            self._look_for_earlier()

    def _step(self, step: int, answered: Fact | None = None) -> None:
        ids = [fact.id for fact in self._form.asked()]
        index = ids.index(self._at) + step
        if 0 <= index < len(ids):
            self._go(ids[index], answered)
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
        """Show the later groups, then go on to the dates, then hide them again."""
        if self._leave():
            self._form, at = self._form.with_more(self.fact)
            self._at = at.id
            self._enter()
            self._paint(self._at)

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
            self._step(1, answered=self.fact)
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
        if not self._new or self._follows or ref in self._seen_before:
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
                self._enter()
                self._paint("plan_ref")

        self.app.push_screen(
            ChoiceDialog(f"{ref} was audited before", options, earlier_words(earlier)), chosen
        )
        return True
