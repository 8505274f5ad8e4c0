"""Home: what waits for me, one key to go on where I stopped, and what has been finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from textual import on, work
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from ehcp_audit.auditing import progress, waiting
from ehcp_audit.auditing.across import drafts_by_rubric
from ehcp_audit.auditing.waiting import FILTERS
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.errors import AuditToolError
from ehcp_audit.domain.facts import FACTS_BY_ID, show_fact
from ehcp_audit.domain.flags import FLAG_KINDS, FLAG_LABELS
from ehcp_audit.domain.rubric import AGENCY_LABELS
from ehcp_audit.reports.wording import counted
from ehcp_audit.settings.workspace import Workspace, example_beside
from ehcp_audit.store import AuditRow, FlagRow
from ehcp_audit.tui.actions import HOME, bindings
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.beginning import begin, open_audit
from ehcp_audit.tui.dialogs import ChoiceDialog, Option
from ehcp_audit.tui.screens.question import quoted
from ehcp_audit.tui.widgets.bars import TopLine
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.lines import EMPTY, Line, line, wrapped
from ehcp_audit.tui.widgets.page import Page

LOW: Final = 30  # lines
FRAME: Final = 6  # lines of the top, a banner, the footer and the rule above the latest trend
FEWEST_AUDITS: Final = 9  # lines that the list keeps, or the latest trend is left out


class HomeScreen(AuditScreen[None]):
    """The first screen."""

    PURPOSE = (
        "Home shows the audits in progress, the finished ones, and the latest trend. "
        "c goes on where you stopped; n starts a new audit."
    )
    ACTIONS = HOME
    BINDINGS = bindings(HOME)  # type: ignore[assignment]
    CSS = """
    HomeScreen #flags { height: 2; padding: 1 1 0 1; display: none; }
    HomeScreen #flags.-shown { display: block; }
    HomeScreen #go-on { height: 3; padding: 1 1 0 1; display: none; }
    HomeScreen #go-on.-shown { display: block; }
    HomeScreen #flags.-both { height: 3; }
    HomeScreen.-low #flags { height: 1; padding: 0 1; }
    HomeScreen.-low #flags.-both { height: 2; }
    HomeScreen.-low #go-on { height: 2; padding: 0 1; }
    HomeScreen #audits { height: 1fr; padding: 1 1 0 1; }
    HomeScreen #find { display: none; border: none; height: 1; background: $panel; }
    HomeScreen #find.-shown { display: block; }
    HomeScreen #latest { height: auto; max-height: 10; border-top: solid $rule; display: none; }
    HomeScreen #latest.-shown { display: block; height: 9; }
    HomeScreen #empty { padding: 1 3; display: none; }
    HomeScreen.-empty #audits { display: none; }
    HomeScreen.-empty #empty { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._filter = 0
        self._rows: dict[str, AuditRow] = {}
        self._latest: tuple[Line, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The list, the find field, and the latest trend."""
        yield Page(id="empty")
        with Vertical():
            yield Page(id="flags")
            yield Page(id="go-on")
            yield LineList(id="audits")
            yield Input(id="find", placeholder="Find: reference, auditor, fact; Esc shows all")
            yield Page(id="latest")

    def on_mount(self) -> None:
        """Show what there is."""
        self.query_one("#empty", Page).show(_empty)
        self.query_one("#audits").focus()

    def on_resize(self) -> None:
        """Leave out the empty lines of a low window, so that the list has them."""
        super().on_resize()
        self.set_class(self.size.height < LOW, "-low")
        self.call_after_refresh(self._place_latest)

    # ------------------------------------------------------------ showing

    def refresh_shown(self) -> None:
        """Read the audits anew and show them."""
        desk = self.desk
        place = desk.team.name or desk.workspace.folder.name
        who = desk.identity
        told = (
            f"Working as {who.name}, {AGENCY_LABELS[who.agency]}" if who else "w: say who you are"
        )
        self.query_one(TopLine).show(
            (("ehcp-audit", "heading"), (f"  {place}", "text")), ((told, "muted"),)
        )
        try:
            rows = self._read()
        except AuditToolError as error:
            self.tell(error)
            rows = ()
        self._rows = {row.id: row for row in rows}
        searching = bool(self.query_one("#find", Input).value) or self._filter != 0
        self.set_class(not rows and not searching, "-empty")
        self.query_one("#audits", LineList).show(self._lines(rows))
        self._show_flags()
        self._show_stopped(searching=searching)
        self.show_keys()
        self._show_latest()

    def _show_flags(self) -> None:
        """Show which flags wait and which answers dispute an audit: the lead sees them at once."""
        store = self.desk.store
        open_flags = store.open_flags() if store is not None else ()
        disputed = waiting.disputed_words(store.disputed_answers()) if store is not None else ""
        strip = self.query_one("#flags", Page)
        strip.set_class(bool(open_flags or disputed), "-shown")
        strip.set_class(bool(open_flags and disputed), "-both")
        strip.show(
            lambda width: [
                *flags_line(open_flags, width),
                *([line(f"  {disputed}", "warn")] if disputed else []),
            ]
        )

    def _show_stopped(self, *, searching: bool) -> None:
        """Show where I stopped: the plan, its next question, and the evidence written last."""
        desk = self.desk
        stopped = None
        if not searching:
            stopped = waiting.stopped(desk.store, desk.identity, desk.today)
        strip = self.query_one("#go-on", Page)
        strip.set_class(stopped is not None, "-shown")
        strip.show(lambda _: [] if stopped is None else stopped_lines(stopped))

    def _read(self) -> tuple[AuditRow, ...]:
        return waiting.listed(
            self.desk.store,
            FILTERS[self._filter],
            identity=self.desk.identity,
            text=self.query_one("#find", Input).value,
        )

    def _lines(self, rows: tuple[AuditRow, ...]) -> list[Line]:
        drafts = [row for row in rows if row.state == "draft"]
        others = [row for row in rows if row.state != "draft"]
        lines: list[Line] = []
        name = FILTERS[self._filter].name
        if drafts:
            lines.append(
                Line(
                    (("In progress", "heading"),), right=((name, "muted"),) if self._filter else ()
                )
            )
            lines += [self._draft_line(row) for row in drafts]
            lines.append(Line((("", "text"),)))
        if others:
            title = "Withdrawn" if name == "withdrawn" else "Finished"
            lines.append(Line(((f"{title}  ", "heading"), (f"{len(others)}", "muted"))))
            lines += [self._finished_line(row) for row in others]
        if not lines:
            lines.append(Line(((f"No audit matches ({name}).", "muted"),)))
        return lines

    def _draft_line(self, row: AuditRow) -> Line:
        rubric = self.desk.rubric_of(row.rubric_hash)
        state = self.desk.database().audit(row.id)
        made = progress(rubric, state, self.desk.today)
        mine = self.desk.identity is not None and row.auditor_id == self.desk.identity.id
        fix = f"  {made.must_fix} must fix" if made.must_fix else ""
        return Line(
            (
                (f" {row.ref:<14}", "accent" if mine else "text"),
                (f"{made.decided:>2} of {made.applicable:<2} decided", "text"),
                (fix, "warn"),
                (f"  {rubric.name}", "muted"),
            ),
            key=row.id,
            right=((f"{row.auditor_name} · {_when(row.changed_at)}", "muted"),),
        )

    def _finished_line(self, row: AuditRow) -> Line:
        rubric = self.desk.rubric_of(row.rubric_hash)
        grade = rubric.grade_label(row.grade) if row.grade else "Not graded"
        if row.state == "withdrawn":
            grade = "Withdrawn"
        kind = show_fact(FACTS_BY_ID["plan_kind"], row.facts.get("plan_kind"))
        year = show_fact(FACTS_BY_ID["year_group"], row.facts.get("year_group"))
        again = "  again" if row.follows else ""
        return Line(
            (
                (f" {row.ref:<14}", "text"),
                (f"{grade:<22}", "text"),
                (f"{kind}, {year}{again}", "muted"),
            ),
            key=row.id,
            right=((f"{row.auditor_name} · {show_date(row.audit_date)}", "muted"),),
        )

    @work(thread=True, exclusive=True, group="latest")
    def _show_latest(self) -> None:
        """Work out the latest trend beside the screen, so that home is seen at once."""
        from ehcp_audit.tui.latest import latest_lines  # noqa: PLC0415

        store = self.desk.store
        try:
            lines = latest_lines(store, self.desk.today) if store is not None else ()
        except AuditToolError:
            lines = ()
        self.from_worker(self._put_latest, lines)

    def _put_latest(self, lines: tuple[Line, ...]) -> None:
        self._latest = lines
        self._place_latest()

    def _place_latest(self) -> None:
        """Show the latest trend where the list keeps room enough above it."""
        lines = self._latest
        latest = self.query_one("#latest", Page)
        above = sum(self.query_one(f"#{each}").outer_size.height for each in ("flags", "go-on"))
        room = self.size.height - above - len(lines) - FRAME
        latest.set_class(bool(lines) and room >= FEWEST_AUDITS, "-shown")
        latest.styles.height = len(lines) + 1 if lines else 0
        latest.show(lambda _: lines)

    # ------------------------------------------------------------ doing

    def why_not(self, name: str) -> str | None:
        """Say what home cannot do yet."""
        desk = self.desk
        return waiting.why_not(name, desk.store, desk.identity, any_listed=bool(self._rows)) or None

    def do_go_on(self) -> None:
        """Open my latest draft."""
        row = waiting.latest_draft(self.desk.store, self.desk.identity)
        if row is not None:
            open_audit(self.desk, row.id)

    def do_open(self) -> None:
        """Open the audit under the cursor."""
        key = self.query_one("#audits", LineList).key
        if key is not None:
            open_audit(self.desk, key)

    @on(LineList.Chosen, "#audits")
    def _clicked(self) -> None:
        self.action_run("open")

    def do_begin(self) -> None:
        """Start an audit: who, which rubric, the facts, then the walk."""
        begin(self.desk)

    def do_find(self) -> None:
        """Open the find field."""
        field = self.query_one("#find", Input)
        field.add_class("-shown")
        field.focus()

    @on(Input.Changed, "#find")
    def _finding(self) -> None:
        self.refresh_shown()

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        self.query_one("#audits").focus()

    def key_escape(self) -> None:
        """Show all audits again."""
        field = self.query_one("#find", Input)
        field.value = ""
        field.remove_class("-shown")
        self._filter = 0
        self.query_one("#audits").focus()
        self.refresh_shown()

    def do_filter(self) -> None:
        """Go to the next filter."""
        self._filter = (self._filter + 1) % len(FILTERS)
        self.refresh_shown()
        self.say(f"Shown: {FILTERS[self._filter].name}.")

    def do_across(self) -> None:
        """Score one question on all my drafts, plan by plan."""
        found = drafts_by_rubric(self.desk.store, self.desk.identity)
        if len(found) == 1:
            self._choose_question(*next(iter(found.items())))
            return
        options = [
            Option(str(number), self.desk.rubric_of(key).name, counted(len(rows), "draft"))
            for number, (key, rows) in enumerate(list(found.items())[:9], start=1)
        ]

        def chosen(number: str | None) -> None:
            if number is not None:
                self._choose_question(*list(found.items())[int(number) - 1])

        self.app.push_screen(ChoiceDialog("Which rubric?", options), chosen)

    def _choose_question(self, rubric_hash: str, rows: Sequence[AuditRow]) -> None:
        from ehcp_audit.tui.screens.walk import WalkScreen  # noqa: PLC0415
        from ehcp_audit.tui.screens.walk_dialogs import find_question  # noqa: PLC0415

        plans = [row.id for row in rows]
        rubric = self.desk.rubric_of(rubric_hash)

        def chosen(criterion_id: str) -> None:
            self.app.push_screen(WalkScreen(plans[0], at=criterion_id, plans=plans))

        prompt = f"Which question, on your {counted(len(plans), 'draft')}? Number or words"
        find_question(self.desk, rubric, rubric.criteria[0].id, chosen, prompt=prompt)

    def do_flags(self) -> None:
        """Show the flags that wait for an answer."""
        from ehcp_audit.tui.screens.flags import FlagsScreen  # noqa: PLC0415

        self.app.push_screen(FlagsScreen())

    def do_trends(self) -> None:
        """Show the trends."""
        from ehcp_audit.tui.screens.trends import TrendsScreen  # noqa: PLC0415

        self.app.push_screen(TrendsScreen())

    def do_rubrics(self) -> None:
        """Show the rubrics."""
        from ehcp_audit.tui.screens.rubrics import RubricsScreen  # noqa: PLC0415

        self.app.push_screen(RubricsScreen())

    def do_who(self) -> None:
        """Change who is at the keyboard."""
        self.desk.ask_who(lambda _: self.refresh_shown())

    def do_theme(self) -> None:
        """Change the colours."""
        self.desk.change_theme()

    def do_example(self) -> None:
        """Make the example workspace beside this one, and open it."""
        target = example_beside(self.desk.workspace)
        if target.database.exists():
            self._enter(target)
            return
        self.say("Making the example: 18 months of synthetic audits…")
        self._make_example(target)

    @work(thread=True, exclusive=True, group="example")
    def _make_example(self, workspace: Workspace) -> None:
        from ehcp_audit.example import make_example  # noqa: PLC0415

        try:
            make_example(workspace.folder, today=self.desk.today)
        except AuditToolError as error:
            self.app.call_from_thread(self.tell, error)
            return
        self.app.call_from_thread(self._enter, workspace)

    def _enter(self, workspace: Workspace) -> None:
        self.desk.open_workspace(workspace)
        self.on_screen_resume()


def flags_line(rows: Sequence[FlagRow], width: int) -> list[Line]:
    """Return how many flags of each kind wait for an answer, in short where that is too long."""
    counts = Counter(row.flag.kind for row in rows)
    if not counts:
        return []
    told = " · ".join(f"{counts[kind]} {FLAG_LABELS[kind]}" for kind in FLAG_KINDS if counts[kind])
    first = f"⚑ {counted(len(rows), 'open flag')}: "
    grave = counts["safeguarding"]
    if len(first) + len(told) + 2 > width:
        others = f"{counted(len(rows) - grave, 'other')}"
        told = f"{grave} {FLAG_LABELS['safeguarding']} · {others}" if grave else others
    style = "error" if grave else "warn"
    return [Line((("! ", "strong"), (first, style), (told, style)))]


def stopped_lines(stopped: waiting.Stopped) -> list[Line]:
    """Return where an auditor stopped, in two lines."""
    question = stopped.question
    asks = question.question if question else "Every question is decided: read it and sign it off."
    first = (("c ", "strong"), (f"{stopped.row.ref}  ", "accent"), (asks, "bold"))
    written = stopped.written
    last = f"  last: {quoted(written.note)}" if written else "  no evidence written yet"
    on_it = f"  on “{written.criterion.title}”" if written else ""
    return [Line(first), Line(((last.replace("\n", " "), "text"), (on_it, "muted")))]


def _when(at: str) -> str:
    return show_date(datetime.fromisoformat(at).astimezone().date())


def _empty(width: int) -> list[Line]:
    return [
        line("No audit yet in this workspace.", "bold"),
        EMPTY,
        Line((("  n  ", "strong"), ("start an audit: have a plan open beside you", "text"))),
        Line((("  e  ", "strong"), ("open the example: 18 months of synthetic audits", "text"))),
        EMPTY,
        *wrapped(
            "Everything stays in this folder, in audits.db. Nothing leaves this machine.",
            width,
            "muted",
        ),
    ]
