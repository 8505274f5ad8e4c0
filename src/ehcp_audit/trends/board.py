"""What a board sees first: at most eight measures over time, speed, agencies, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ehcp_audit.domain.questions import (
    THEME_PREFIX,
    CountedAudit,
    CountedAudits,
    Question,
    theme_criterion,
)
from ehcp_audit.domain.rubric import AGENCIES, Agency, Rubric
from ehcp_audit.trends.asking import versions_used
from ehcp_audit.trends.earlier import brought_in
from ehcp_audit.trends.findings import SourceFigures, by_finding
from ehcp_audit.trends.groups import KindAndYear, older_and_newer
from ehcp_audit.trends.lines import (
    LinePoint,
    MeasureLine,
    by_period,
    measure_line,
    periods_of,
    withhold,
)
from ehcp_audit.trends.measures import (
    AGENCY_PREFIX,
    CRITERION_PREFIX,
    GOOD_OR_BETTER,
    INADEQUATE,
    ON_TIME,
    Measure,
    contributions,
    measure_named,
    measures_of,
)
from ehcp_audit.trends.recorded import OfficialFigure, official_figures
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.signals import Signals, line_signals, recorded_rebases
from ehcp_audit.trends.spans import TrendPeriod
from ehcp_audit.trends.timeliness import (
    LimitFigure,
    QualityBySpeed,
    quality_by_speed,
    twenty_week_figure,
)
from ehcp_audit.trends.windows import Window, once_a_plan, recent_window, within

if TYPE_CHECKING:
    from ehcp_audit.store import Store

MOST_ROWS: Final = 8  # with the official figure
_FIRST_PAGE: Final = (
    GOOD_OR_BETTER, INADEQUATE, "theme:voice", "theme:outcomes", "agency:health",
    "agency:social_care", "criterion:updates.changes-made",
)  # fmt: skip


@dataclass(frozen=True)
class BoardRow:
    """One measure of the first page: its line, what it says, where it began, what is aimed at."""

    line: MeasureLine
    signals: Signals | None
    baseline: LinePoint | None
    target: Fraction | None

    @property
    def measure(self) -> Measure:
        """What the row measures."""
        return self.line.measure


@dataclass(frozen=True)
class AgencyFigure:
    """An agency's contribution, and why it was weak where a cause was given, most often first."""

    agency: Agency
    share: Share
    causes: tuple[tuple[str, int], ...]
    without_cause: int


@dataclass(frozen=True)
class Board:
    """Everything the first and second page tell.

    Attributes:
        question: what was asked.
        rubrics: the versions in use, oldest first.
        counted: the audits that count, and what was left out.
        lines: every measure over time, by its id.
        rows: the first page's table, without the official figure.
        official: the newest official figure of plans on time; None where none was typed in.
        recent: the audits of the last twelve months, one a plan.
        window: the days these twelve months run over.
        on_time: the 20 weeks in the audited plans.
        speed: quality of plans on time and late.
        agencies: each agency's contribution.
        findings: evidence by finding.
        cohorts: older and newer plans within one kind.
        weakest: the theme least often met; None without one.
        brought_in_until: the last period with counts brought in; empty without any.
    """

    question: Question
    rubrics: tuple[Rubric, ...]
    counted: CountedAudits
    lines: Mapping[str, MeasureLine]
    rows: tuple[BoardRow, ...]
    official: OfficialFigure | None
    recent: tuple[CountedAudit, ...]
    window: Window
    on_time: LimitFigure
    speed: QualityBySpeed
    agencies: tuple[AgencyFigure, ...]
    findings: tuple[SourceFigures, ...]
    cohorts: tuple[KindAndYear, ...]
    weakest: MeasureLine | None
    brought_in_until: str

    @property
    def rubric(self) -> Rubric:
        """The newest version in use."""
        return self.rubrics[-1]

    @property
    def periods(self) -> tuple[TrendPeriod, ...]:
        """Every period from the first to the last; each line has a point for it."""
        return tuple(point.period for point in next(iter(self.lines.values())).points)

    def row(self, measure_id: str) -> BoardRow:
        """Return a measure's row: that of the first page, else its line with nothing called.

        Raises KeyError for a measure that there is not.
        """
        return self.every_row[measure_id]

    @cached_property
    def every_row(self) -> Mapping[str, BoardRow]:
        """The row of every line, by measure id: only those of the first page are called."""
        called = {row.measure.id: row for row in self.rows}
        return {key: called.get(key) or uncalled_row(line) for key, line in self.lines.items()}

    def below(self, measure_id: str) -> tuple[str, ...]:
        """Return the measures of the questions that a theme or a contribution rests on."""
        ids: Iterable[str] = ()
        if measure_id.startswith(THEME_PREFIX):
            theme = measure_id.removeprefix(THEME_PREFIX)
            ids = (each.id for each in self.rubric.in_theme(theme))
        elif measure_id.startswith(AGENCY_PREFIX):
            ids = self.lines[measure_id].measure.criteria
        return tuple(CRITERION_PREFIX + each for each in ids)

    def groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the measures to choose from: the first page's, then the others, under titles."""
        shown = tuple(row.measure.id for row in self.rows)
        others = [key for key in self.lines if key not in shown]
        plain = [
            key
            for key in others
            if not key.startswith((THEME_PREFIX, AGENCY_PREFIX, CRITERION_PREFIX))
        ]
        return (
            ("First page", shown),
            ("Other themes", tuple(key for key in others if key.startswith(THEME_PREFIX))),
            ("Other agencies", tuple(key for key in others if key.startswith(AGENCY_PREFIX))),
            ("Records and time", tuple(plain)),
        )


def uncalled_row(line: MeasureLine) -> BoardRow:
    """Return a line whose signals are not called: one that fires is worth a look, no more."""
    if not line.whole:
        return BoardRow(line, None, None, None)
    signals = line_signals(
        [point.share for point in line.points],
        [point.period for point in line.points],
        good=line.measure.improvement,
        per_plan=line.measure.per_plan,
    )
    return BoardRow(line, signals, line.whole[0], None)


def first_page_measures(measures: Mapping[str, Measure], named: Sequence[str]) -> list[Measure]:
    """Return the measures of the first page: those named, else the usual ones this rubric has.

    A rubric without the usual themes and agencies is shown by its own themes. Raises
    `UsageError` for a name that is none.
    """
    if named:
        return [measure_named(each, measures) for each in named]
    usual = [measures[each] for each in _FIRST_PAGE if each in measures]
    themes = [each for each in measures.values() if each.id.startswith(THEME_PREFIX)]
    room = MOST_ROWS - 1 - len(usual)
    return usual + [theme for theme in themes if theme not in usual][: max(room, 0)]


def board(
    store: Store,
    question: Question,
    *,
    today: date,
    named: Sequence[str] = (),
    targets: Mapping[str, Fraction] | None = None,
    every_line: bool = False,
) -> Board:
    """Return the board's figures; `named` are the first page's measures, `targets` by measure id.

    Raises `UsageError` for an unknown rubric or measure.
    """
    rubrics = versions_used(store, question.rubric_id)
    measures = measures_of(rubrics)
    shown = first_page_measures(measures, named)
    drawn = {
        each.id: each
        for each in (
            *shown,
            measures[GOOD_OR_BETTER],
            *(measures[theme_criterion(theme.id)] for theme in rubrics[-1].themes),
            *(measures[CRITERION_PREFIX + c.id] for c in rubrics[-1].criteria if c.findings),
        )
    }
    agencies = [each for each in measures.values() if each.id.startswith(AGENCY_PREFIX)]
    if every_line:
        drawn = measures
    looked_at = [*drawn.values(), *agencies]
    wanted = dict.fromkeys(one for measure in looked_at for one in measure.criteria)
    counted = store.counted_audits(question, tuple(wanted))
    brought = brought_in(store, question)
    more = {key for measure in shown for key in brought.get(measure.id, {})}
    periods = periods_of(question, counted.audits, today, more)
    grouped = by_period(counted.audits)
    lines = {
        measure.id: measure_line(measure, periods, grouped, brought.get(measure.id))
        for measure in drawn.values()
    }
    window = recent_window(question, periods, today)
    recent = once_a_plan(within(counted.audits, window, question.axis), question.axis)
    rebases = [event.body or {} for event in store.figure_events("baseline_rebased")]
    rows = tuple(_row(lines[measure.id], rebases, targets or {}) for measure in shown)
    good = measures[GOOD_OR_BETTER]
    figures = official_figures(
        event.body or {} for event in store.figure_events("official_figure_given")
    )
    on_time = [figure for figure in figures if figure.measure == ON_TIME]
    return Board(
        question=question,
        rubrics=rubrics,
        counted=counted,
        lines=lines,
        rows=rows,
        official=on_time[-1] if on_time else None,
        recent=recent,
        window=window,
        on_time=twenty_week_figure(recent),
        speed=quality_by_speed(recent, good),
        agencies=_agencies(rubrics[-1], measures, recent),
        findings=by_finding(rubrics[-1], lines, recent),
        cohorts=older_and_newer(counted.audits, good, ("first_final", "amended")),
        weakest=_weakest(lines, recent),
        brought_in_until=max(more, default=""),
    )


def _row(
    line: MeasureLine, rebases: Sequence[Mapping[str, object]], targets: Mapping[str, Fraction]
) -> BoardRow:
    target = targets.get(line.measure.id)
    signals = None
    if line.whole:
        signals = line_signals(
            [point.share for point in line.points],
            [point.period for point in line.points],
            good=line.measure.improvement,
            target=target,
            rebases=recorded_rebases(line.measure.id, rebases),
            called=True,
            per_plan=line.measure.per_plan,
        )
    start = signals.chart.latest.start if signals else 0
    baseline = next((point for point in line.points[start:] if point.whole), None)
    return BoardRow(line, signals, baseline, target)


def _agencies(
    rubric: Rubric, measures: Mapping[str, Measure], audits: Sequence[CountedAudit]
) -> tuple[AgencyFigure, ...]:
    met_from = rubric.scale.met_from
    labels = {cause.id: cause.label for cause in rubric.causes}
    figures = []
    for agency in AGENCIES:
        measure = measures.get(AGENCY_PREFIX + agency)
        if measure is None:
            continue
        ids = {criterion.id for criterion in contributions(rubric, agency)}
        weak = [
            audit.causes.get(one)
            for audit in audits
            if audit.rubric_hash in measure.versions
            for one in ids
            if 0 < audit.levels.get(one, 0) < met_from
        ]
        causes = Counter(labels.get(cause, cause) for cause in weak if cause is not None)
        figures.append(
            AgencyFigure(
                agency,
                measure.share(audits),
                tuple(sorted(causes.items(), key=lambda pair: (-pair[1], pair[0]))),
                weak.count(None),
            )
        )
    return tuple(figures)


def _weakest(
    lines: Mapping[str, MeasureLine], audits: Sequence[CountedAudit]
) -> MeasureLine | None:
    themes = [
        (share.value, line.measure.id)
        for line in lines.values()
        if line.measure.id.startswith(THEME_PREFIX)
        and (share := line.measure.share(audits)).value is not None
    ]
    return lines[min(themes)[1]] if themes else None


def for_release(board: Board, fewest: int) -> Board:
    """Return the board's figures with periods of fewer plans than `fewest` withheld."""

    def row(each: BoardRow) -> BoardRow:
        line = withhold(each.line, fewest)
        places = {point.period.period.key: point for point in line.points}
        began = each.baseline and places[each.baseline.period.period.key]
        return replace(each, line=line, baseline=began)

    weakest = None if board.weakest is None else withhold(board.weakest, fewest)
    return replace(board, rows=tuple(row(each) for each in board.rows), weakest=weakest)
