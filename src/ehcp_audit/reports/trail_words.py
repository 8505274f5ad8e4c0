"""Each act in an audit's record in words: what was done, and what it changed from and to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from ehcp_audit.domain.audit import Evidence, SlipSaid
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.events import Event
from ehcp_audit.domain.facts import FACTS_BY_ID, show_fact
from ehcp_audit.domain.grading import percent
from ehcp_audit.domain.identifiers import LABELS
from ehcp_audit.domain.rubric import AGENCY_LABELS, Rubric
from ehcp_audit.domain.text import visible
from ehcp_audit.reports.audit_words import evidence_words, level_mark
from ehcp_audit.reports.wording import NONE, counted, listed, lower_first, plain

Body = Mapping[str, Any]
_UNSCORED: Final = "no score"


@dataclass(frozen=True)
class Told:
    """What an act is told with: the rubric in force then, and everybody's names by id.

    `rubrics` are those that are kept, by their hashes.
    """

    rubric: Rubric | None
    names: Mapping[str, str]
    rubrics: Mapping[str, Rubric]

    def name(self, auditor_id: str) -> str:
        """Return an auditor's name or initials; the id of one who is not known here."""
        return plain(self.names.get(auditor_id, auditor_id))

    def has(self, criterion_id: str) -> bool:
        """Whether the rubric in force then has a criterion."""
        return self.rubric is not None and self.rubric.has_criterion(criterion_id)

    def title(self, criterion_id: str | None) -> str:
        """Return a criterion's title in quotation marks; its id where the rubric has it not."""
        if self.rubric is not None and criterion_id and self.has(criterion_id):
            return f"“{plain(self.rubric.criterion(criterion_id).title)}”"
        return plain(criterion_id or "")

    def level(self, level: int | None) -> str:
        """Return a level in symbol and word."""
        if level is None:
            return _UNSCORED
        highest = len(self.rubric.scale.levels) if self.rubric is not None else 0
        if self.rubric is None or level > highest:
            return f"level {level}"
        return level_mark(self.rubric, level)

    def grade(self, grade_id: str | None) -> str:
        """Return a grade's words within a sentence."""
        if grade_id is None:
            return "no grade"
        return plain(grade_id if self.rubric is None else self.rubric.grade_label(grade_id))

    def rubric_name(self, rubric_hash: str) -> str:
        """Return a rubric's title and version by its hash."""
        found = self.rubrics.get(rubric_hash)
        return plain(rubric_hash[:12]) if found is None else plain(found.name)


def act_words(event: Event, told: Told) -> tuple[str, tuple[str, ...]]:
    """Return what an act was, to follow a name (“scored …”), and lines on what it changed.

    The words of one whose content was removed from the record are gone; that it was done stays.
    """
    if event.body is None:
        return f"{plain(event.kind.replace('_', ' '))} (its words were removed)", ()
    words = _WORDS.get(event.kind)
    if words is None:
        return plain(event.kind.replace("_", " ")), ()
    title, lines = words(event.body, told)
    return title, tuple(line for line in lines if line)


def _begun(body: Body, told: Told) -> tuple[str, list[str]]:
    lines = [f"Rubric: {told.rubric_name(body['rubric'])}", f"Facts: {_facts(body, told)}"]
    if body.get("follows"):
        lines.append(f"It follows the audit {plain(body['follows'])}.")
    if body.get("changed_sections"):
        lines.append(f"Sections changed since: {listed(list(body['changed_sections']))}")
    carried = body.get("carried") or {}
    if carried:
        lines.append(f"Offered unchanged for a second look: {counted(len(carried), 'answer')}")
    return f"began the audit of plan {plain(body['plan_ref'])}", lines


def _imported(body: Body, told: Told) -> tuple[str, list[str]]:
    scores, notes = len(body["scores"]), len(body["evidence"])
    lines = [
        f"Auditor: {told.name(body.get('auditor', ''))}",
        f"Rubric: {told.rubric_name(body['rubric'])}",
        f"With {counted(scores, 'score')} and {counted(notes, 'note')} of evidence",
        *(_signed(body["signed"], told)[1] if body.get("signed") else ()),
    ]
    return "brought the audit in from a table", lines


def _facts(body: Body, told: Told) -> str:
    order = [*FACTS_BY_ID, *body["facts"]]
    facts = sorted(body["facts"].items(), key=lambda fact: order.index(fact[0]))
    return "; ".join(_fact(key, value, told) for key, value in facts if value not in (None, [], ""))


def _fact(fact_id: str, value: Any, told: Told) -> str:
    label, shown = _fact_parts(fact_id, value, told)
    return f"{label} {shown}"


def _fact_parts(fact_id: str, value: Any, told: Told) -> tuple[str, str]:
    own = told.rubric.facts if told.rubric is not None else ()
    fact = FACTS_BY_ID.get(fact_id) or next((each for each in own if each.id == fact_id), None)
    kept = tuple(value) if isinstance(value, list) else value
    if fact is None:
        return plain(fact_id), NONE if kept is None else plain(str(kept))
    return plain(fact.label), plain(show_fact(fact, kept))


def _facts_changed(body: Body, told: Told) -> tuple[str, list[str]]:
    lines = []
    for fact_id, value in body["new"].items():
        label, new = _fact_parts(fact_id, value, told)
        _, old = _fact_parts(fact_id, body["old"].get(fact_id), told)
        lines.append(f"{label}: {old} → {new}")
    return "changed the facts", lines


def _scored(body: Body, told: Told) -> tuple[str, list[str]]:
    old, new = body["old"], body["new"]
    levels = [told.level(None if score is None else score["level"]) for score in (old, new)]
    lines = []
    if new is not None:
        lines.append("Kept from the earlier audit, unchanged" if new.get("carried") else "")
        lines.append("Judged although the facts rule it out" if new["overrides"] else "")
        lines.append(f"Why: {visible(new['reason'])}" if new["reason"] else "")
    return f"scored {told.title(body['criterion'])}: {' → '.join(levels)}", lines


def _evidence(body: Body, told: Told) -> tuple[str, list[str]]:
    old, new = body["old"], body["new"]
    act = "changed a note" if old and new else "wrote a note" if new else "deleted a note"
    lines = [f"Was: {_note(old)}" if old and new else "", _note(new or old) if new or old else ""]
    return f"{act} on {told.title(body['criterion'])}", lines


def _note(note: Body) -> str:
    return evidence_words(Evidence("", "", note["text"], note["section"], note["page"]))


def _signed(body: Body, told: Told) -> tuple[str, list[str]]:
    score = "" if body["score"] is None else f", score {percent(Fraction(body['score']))}"
    day = date.fromisoformat(body["audit_date"])
    lines = [f"Audit date {show_date(day)}: {told.grade(body['grade'])}{score}"]
    if body.get("date_reason"):
        lines.append(f"Why that date: {visible(body['date_reason'])}")
    return "signed the audit off", [*lines, *(plain(limit) for limit in body["limits"])]


def _reopened(body: Body, _: Told) -> tuple[str, list[str]]:
    return "reopened the audit", [f"Why: {visible(body['reason'])}"]


def _withdrawn(body: Body, _: Told) -> tuple[str, list[str]]:
    return "withdrew the audit", [f"Why: {visible(body['reason'])}"]


def _rubric_changed(body: Body, told: Told) -> tuple[str, list[str]]:
    lines = [f"{told.rubric_name(body['old'])} → {told.rubric_name(body['new'])}"]
    return "moved the audit to another version of the rubric", lines


def _flagged(body: Body, told: Told) -> tuple[str, list[str]]:
    old, new = body["old"], body["new"]
    kind = plain(body["kind"].replace("_", " "))
    where = f" at {told.title(body['criterion'])}" if body.get("criterion") else ""
    lines = []
    if new is not None:
        lines.append(visible(new.get("text") or ""))
        if new.get("told_role"):
            when = f" on {show_date(date.fromisoformat(new['told_on']))}" if new["told_on"] else ""
            lines.append(f"Told: {plain(new['told_role'])}{when}")
        if new.get("not_a_concern"):
            lines.append(f"Not a concern: {visible(new['not_a_concern'])}")
        if new.get("done"):
            lines.append(f"Done: {visible(new['done'])}")
    act = "raised a flag" if old is None else "answered a flag"
    return f"{act}, {kind}{where}", lines


def _cause(body: Body, told: Told) -> tuple[str, list[str]]:
    causes = {each.id: each.label for each in told.rubric.causes} if told.rubric else {}
    shown = [
        "none" if each is None else lower_first(plain(causes.get(str(each), str(each))))
        for each in (body["old"], body["new"])
    ]
    return f"gave the cause at {told.title(body['criterion'])}", [" → ".join(shown)]


def _exemplar(body: Body, told: Told) -> tuple[str, list[str]]:
    act = "marked the evidence to be shared" if body["new"] else "took away the mark to share"
    return f"{act} at {told.title(body['criterion'])}", []


def _handed_over(body: Body, told: Told) -> tuple[str, list[str]]:
    lines = [f"{told.name(body['old'])} → {told.name(body['new'])}"]
    lines.append(f"Why: {visible(body['reason'])}" if body.get("reason") else "")
    return "handed the audit over", lines


def _answered(body: Body, _: Told) -> tuple[str, list[str]]:
    new = body["new"]
    whose = AGENCY_LABELS.get(body["party"], "the writer")
    if new is None:
        return f"took away the answer of {whose} on the slip", []
    lines = [visible(new["text"]), "It disputes the audit" if new["disputed"] else ""]
    return f"kept the answer of {whose} on the slip", lines


def _slip_set(body: Body, told: Told) -> tuple[str, list[str]]:
    old, new = (SlipSaid.from_body(body[each]) for each in ("old", "new"))
    lines = []
    if old.due != new.due:
        days = [NONE if said.due is None else show_date(said.due) for said in (old, new)]
        lines.append(f"To put right by: {' → '.join(days)}")
    for act, pen, other in (("Is", new.pen, old.pen), ("Is no longer", old.pen, new.pen)):
        titles = [told.title(each) for each in pen if each not in other]
        lines.append(f"{act} a slip of the pen: {listed(titles)}" if titles else "")
    return "said what stands on the slips", lines


def _identifiers(body: Body, told: Told) -> tuple[str, list[str]]:
    kinds = listed([plain(LABELS.get(kind, kind)) for kind in body["kinds"]])
    act = "kept" if body["decision"] == "kept" else "replaced"
    field, _, criterion = body["field"].partition(" ")
    where = f"{field} on {told.title(criterion)}" if told.has(criterion) else body["field"]
    return f"{act} what looked like an identifier ({plain(where)})", [kinds]


_WORDS: Final[Mapping[str, Callable[[Body, Told], tuple[str, list[str]]]]] = {
    "audit_begun": _begun,
    "audit_imported": _imported,
    "facts_changed": _facts_changed,
    "scored": _scored,
    "evidence_written": _evidence,
    "signed": _signed,
    "reopened": _reopened,
    "withdrawn": _withdrawn,
    "rubric_changed": _rubric_changed,
    "flagged": _flagged,
    "cause_given": _cause,
    "exemplar_marked": _exemplar,
    "handed_over": _handed_over,
    "slip_answered": _answered,
    "slip_set": _slip_set,
    "identifiers_reviewed": _identifiers,
}
