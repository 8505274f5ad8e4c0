"""Rubrics in lines: which there are, whether they are in order, reading, editing, publishing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from ehcp_audit.cli.plain.commands import RUBRICS, converse
from ehcp_audit.cli.plain.desk import Desk
from ehcp_audit.cli.plain.reading import read_report
from ehcp_audit.cli.plain.talk import Offer
from ehcp_audit.domain.dates import parse_date
from ehcp_audit.files import write_whole
from ehcp_audit.reports.rubric_page import rubric_report
from ehcp_audit.reports.terminal import render_terminal
from ehcp_audit.reports.wording import counted
from ehcp_audit.rubric_files import (
    RubricEntry,
    RubricFile,
    check_rubric,
    list_rubrics,
    read_text,
)
from ehcp_audit.rubric_files.skeleton import skeleton
from ehcp_audit.rubric_versions import check_frozen, foretell, publish


class Rubrics:
    """The rubric files of the workspace at the prompt."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.talk = desk.talk
        self._entries: tuple[RubricEntry, ...] = ()

    def run(self) -> None:
        """Say the list and ask until it is left."""
        self.say_list("")
        do: dict[str, Callable[[str], None]] = {
            "show": self.show,
            "edit": self.edit,
            "check": self.check,
            "create": self.create,
            "form": self.form,
            "publish": self.publish,
            "list": self.say_list,
        }
        converse(self.talk, "Rubrics:", RUBRICS, do, enter="list", number="show")

    def say_list(self, _: str) -> None:
        """Say every file and how it stands."""
        store = self.desk.store
        self._entries = tuple(list_rubrics(self.desk.workspace.rubrics))
        used = store.audits_by_rubric() if store is not None else {}
        frozen = {kept.hash for kept in store.rubric_versions()} if store is not None else set()
        self.talk.say("", f"Rubrics: {len(self._entries)}.")
        for number, entry in enumerate(self._entries, start=1):
            rubric = entry.file.rubric if entry.file is not None else None
            if rubric is None:
                said = "cannot be used; check says why"
            elif rubric.hash in used:
                said = f"{rubric.version}, in {counted(used[rubric.hash], 'audit')}"
            else:
                fixed = "fixed, no audit yet" if rubric.hash in frozen else "not used yet"
                said = f"{rubric.version}, {fixed}"
            self.talk.say(f"{number}. {entry.path.stem}, {said}.")

    def _chosen(self, rest: str) -> RubricEntry | None:
        """Return the file meant by a number or name, asking where none is given."""
        names = [entry.path.stem for entry in self._entries]
        if not names:
            self.talk.cannot("There is no rubric file here; n begins one.")
            return None
        if not rest:
            return self.talk.choose("Which rubric?", [Offer(each) for each in names], self._entries)
        if rest.isdigit() and 1 <= int(rest) <= len(names):
            return self._entries[int(rest) - 1]
        named = [entry for entry in self._entries if rest in (entry.path.stem, entry.path.name)]
        if not named:
            self.talk.cannot(f"There is no rubric “{rest}” in the list.")
        return named[0] if named else None

    def _usable(self, rest: str) -> RubricFile | None:
        """Return the chosen rubric where it can be used; says so where it cannot."""
        entry = self._chosen(rest)
        if entry is not None and entry.file is None:
            self.talk.cannot("This file cannot be used yet; check says why, e opens it.")
        return entry.file if entry is not None else None

    # ------------------------------------------------------------ doing

    def show(self, rest: str) -> None:
        """Read a rubric out, as an auditor will be asked it."""
        file = self._usable(rest)
        if file is not None:
            read_report(self.talk, rubric_report(file.rubric))

    def check(self, rest: str) -> None:
        """Say what is wrong with a file."""
        entry = self._chosen(rest)
        if entry is not None:
            self._check(entry.path)

    def _check(self, path: Path) -> None:
        checked = check_rubric(read_text(path), name=path.name)
        for problem in (*checked.errors, *checked.warnings):
            kind = "Wrong" if problem in checked.errors else "Worth a look"
            place = f", line {problem.line}" if problem.line else ""
            self.talk.say(f"{kind}{place}: {problem.sentence}")
        if checked.rubric is None:
            return
        if self.desk.store is not None:
            check_frozen(self.desk.store, checked.rubric)
        criteria = counted(len(checked.rubric.criteria), "question")
        self.talk.say(f"In order. {checked.rubric.name}, {criteria}.")

    def edit(self, rest: str) -> None:
        """Open a file in the person's own editor, then say what is wrong with it."""
        entry = self._chosen(rest)
        if entry is None:
            return
        if sys.stdin.isatty():
            try:
                click.edit(filename=str(entry.path))
            except click.ClickException as error:
                self.talk.cannot(f"{error.format_message()} The file is {entry.path}.")
        else:
            self.talk.say(f"Open it in any editor: {entry.path}")
        self._check(entry.path)

    def create(self, rest: str) -> None:
        """Begin a new rubric from the skeleton."""
        name = rest or self.talk.ask("Name of the new rubric, such as early-years:")
        if not name:
            return
        folder = self.desk.workspace.rubrics
        path = folder / f"{Path(name).stem}.toml"
        folder.mkdir(exist_ok=True)
        write_whole(path, skeleton(path.stem), private=False)
        self.talk.say(f"Written to {path}")
        self.say_list("")

    def form(self, rest: str) -> None:
        """Write the blank form beside the database."""
        file = self._usable(rest)
        if file is None:
            return
        rubric = file.rubric
        path = self.desk.workspace.folder / f"{rubric.id}-{rubric.version}-form.txt"
        write_whole(path, render_terminal(rubric_report(rubric, form=True)), private=False)
        self.talk.say(f"Written to {path}")

    def publish(self, rest: str) -> None:
        """Say what publishing does, ask who read the sources and when, then freeze the version."""
        identity, file = self.desk.somebody(), self._usable(rest)
        if identity is None or file is None:
            return
        store, today, talk = self.desk.database(), self.desk.today, self.talk
        for part in foretell(store, file.rubric, today=today):
            talk.say(*part)
        by = talk.text(
            "Who read the law and the sources again?",
            explanation="A role rather than a name, such as SEND quality lead.",
        )
        when = talk.ask("When were they read? A date, such as today or 3 Sep 25:") if by else ""
        if not by or not when:
            talk.say("Not published.")
            return
        published = publish(
            store,
            file.rubric,
            file.text,
            identity,
            sources_read_by=by,
            sources_read_on=parse_date(when, today=today),
            today=today,
        )
        talk.say(f"Published: version {published.version} can no longer be changed.")


def run(desk: Desk) -> None:
    """Go to the rubrics."""
    Rubrics(desk).run()
