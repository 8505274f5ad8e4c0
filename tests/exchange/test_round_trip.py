from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ehcp_audit.auditing import join, sign_off
from ehcp_audit.auditing.begin import freezing
from ehcp_audit.domain.audit import PARTIES, AuditState, Evidence, Score, SlipAnswer, SlipSaid
from ehcp_audit.domain.events import NewEvent, audit_subject, plan_subject
from ehcp_audit.domain.facts import Fact, FactValue
from ehcp_audit.domain.flags import FLAG_KINDS, Flag
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.rubric import AGENCIES, Rubric
from ehcp_audit.domain.text import storable
from ehcp_audit.exchange import export_audits, import_audits
from ehcp_audit.exchange.importing import imported_body
from ehcp_audit.store import Store, Work

ME = Identity("a" * 12, "KL", "education")
# Two people may bear one name, and one may be called like another's id.
AUDITORS = (ME, Identity("b" * 12, "kl", "health"), Identity("c" * 12, "b" * 12, "social_care"))
TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2024, 1, 1), TODAY)
TEXTS = st.one_of(
    st.text(st.sampled_from("'=+-@\t\r\n,\";a é\0"), max_size=6), st.text(max_size=12)
).map(lambda text: storable(text.strip()))
PLACES = TEXTS.map(lambda text: text[:40].strip())


def fact_values(fact: Fact) -> st.SearchStrategy[FactValue]:
    if fact.kind == "choices":
        return st.sets(st.sampled_from(fact.choice_ids())).map(
            lambda chosen: tuple(each for each in fact.choice_ids() if each in chosen)
        )
    if fact.kind == "choice":
        return st.sampled_from(fact.choice_ids())
    if fact.kind == "date":
        return DAYS.map(date.isoformat)
    return st.sampled_from(["A", "Team C", "O'Neill & co.", "a-1"])


def all_fact_values(rubric: Rubric) -> st.SearchStrategy[dict[str, FactValue]]:
    asked = [fact for fact in rubric.facts_asked() if fact.id != "plan_ref"]
    return st.fixed_dictionaries({}, optional={fact.id: fact_values(fact) for fact in asked})


SCORES = st.builds(Score, st.integers(-1, 2), TEXTS, st.booleans(), st.booleans())


ANSWERS = st.builds(
    SlipAnswer, TEXTS.filter(bool), st.booleans(), DAYS, st.sampled_from(["", "b" * 12])
)
SLIPS = st.builds(
    SlipSaid, st.none() | DAYS, st.lists(st.sampled_from(["views", "gone"]), unique=True).map(tuple)
)


def flags(number: int) -> st.SearchStrategy[Flag]:
    def safe(flag: Flag) -> Flag:
        return replace(flag, text="", done="") if flag.kind == "safeguarding" else flag

    at = st.sampled_from(["2026-03-02T12:00:00.000000+00:00"])
    return st.builds(
        Flag, st.just(f"f{number}"), st.sampled_from(FLAG_KINDS), st.none() | st.just("views"),
        text=TEXTS, told_role=TEXTS, told_on=st.none() | DAYS, not_a_concern=TEXTS, done=TEXTS,
        raised_by=st.just("kl"), raised_at=at, answered_by=st.just("kl"),
        answered_at=at | st.just(""),
    ).map(safe)  # fmt: skip


@st.composite
def audits(draw: st.DrawFn, rubric: Rubric, number: int) -> AuditState:
    criteria = st.sampled_from([criterion.id for criterion in rubric.criteria])
    asked = st.sampled_from([each.id for each in rubric.criteria if each.computed is None])
    reference = f"EX-{draw(st.integers(1, 2))}00"
    evidence = [
        Evidence(f"{number}-{index}", criterion, text, section, page)
        for index, (criterion, text, section, page) in enumerate(
            draw(st.lists(st.tuples(criteria, TEXTS, PLACES, PLACES), max_size=4))
        )
    ]
    auditor = draw(st.sampled_from(AUDITORS)).id
    earlier = draw(st.lists(st.sampled_from(["b" * 12, "kl"]), max_size=2))
    state = AuditState(
        id=f"{number:016x}",
        plan_id="",
        plan_ref=reference,
        rubric_hash=rubric.hash,
        auditor=auditor,
        auditors=(*earlier, auditor),
        hand_over_reasons=tuple(draw(TEXTS) for _ in earlier),
        flags=tuple(draw(flags(index)) for index in range(draw(st.integers(0, 2)))),
        answers=draw(st.dictionaries(st.sampled_from(PARTIES), ANSWERS)),
        slip=draw(SLIPS),
        causes=draw(
            st.dictionaries(
                st.sampled_from([each.id for each in rubric.criteria if each.ask_cause]),
                st.sampled_from([cause.id for cause in rubric.causes]),
            )
        )
        if rubric.causes
        else {},
        exemplars=draw(st.frozensets(criteria)),
        agencies=draw(st.sampled_from([AGENCIES, ("health",), ("education", "social_care")])),
        begun_at="",
        follows=f"{number - 1:016x}" if number and draw(st.booleans()) else None,
        facts={"plan_ref": reference, **draw(all_fact_values(rubric))},
        scores=draw(st.dictionaries(asked, SCORES)),
        evidence=tuple(evidence),
        status=draw(st.sampled_from(["signed", "draft", "withdrawn"])),
    )
    if state.status == "signed":
        signed = sign_off(rubric, state, draw(DAYS), date_reason=draw(TEXTS))
        return replace(state, sign_off=signed)
    return state


def kept(store: Store, read: tuple[Rubric, str], states: Sequence[AuditState]) -> None:
    rubric, _ = read
    plans = {state.plan_ref: f"p{number}" for number, state in enumerate(states)}
    events = [join(each) for each in AUDITORS] + freezing(store, rubric, ME.id)
    events += [
        NewEvent(plan_subject(plan), "plan_added", {"ref": ref}, ME.id)
        for ref, plan in plans.items()
    ]
    events += [
        NewEvent(
            audit_subject(state.id),
            "audit_imported",
            imported_body(state, plans[state.plan_ref]),
            ME.id,
        )
        for state in states
    ]
    store.do(Work(events=tuple(events), rubrics=(read,)))


def content(state: AuditState, rubric: Rubric) -> AuditState:
    """The audit without what is each copy's own, its notes in the order of their questions."""
    order = [criterion.id for criterion in rubric.criteria]
    notes = tuple(sorted(state.evidence, key=lambda note: order.index(note.criterion)))
    return replace(state, plan_id="", begun_at="", rev=0, evidence=notes)


@pytest.mark.parametrize("name", ["small", "own"])
@settings(max_examples=30, deadline=None)
@given(data=st.data(), count=st.integers(1, 3))
def test_audits_come_back_as_they_were(
    data: st.DataObject,
    count: int,
    name: str,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    read: tuple[Rubric, str] = request.getfixturevalue(name)
    rubric, _ = read
    states = [data.draw(audits(rubric, number)) for number in range(count)]

    def clock() -> datetime:
        return datetime(2026, 11, 22, tzinfo=UTC)

    with Store.create(folder / "one.db", clock=clock) as one:
        kept(one, read, states)
        export_audits(one, folder / "one.csv")
        again = import_audits(one, folder / "one.csv", [read], ME, today=TODAY)
        assert (again.audits, again.already_here) == (0, count)
    with Store.create(folder / "two.db", clock=clock) as two:
        import_audits(two, folder / "one.csv", [read], ME, today=TODAY)
        came = [content(state, rubric) for state in two.every_audit()]
        assert came == [content(each, rubric) for each in states]
        export_audits(two, folder / "two.csv")
        named = {(each.name, each.agency) for each in two.auditors()}
        assert named >= {
            (each.name, each.agency) for each in AUDITORS if each.id in {s.auditor for s in states}
        }
        assert two.faults() == []
    assert (folder / "two.csv").read_bytes() == (folder / "one.csv").read_bytes()
