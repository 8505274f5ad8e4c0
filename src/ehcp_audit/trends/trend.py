"""A trend: each measure of a rubric, period by period and over all periods together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ehcp_audit.domain.questions import GRADE_ID, THEME_MET, Question, Tallies, theme_criterion
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, Rubric
from ehcp_audit.domain.versions import grade_key, in_order, theme_key
from ehcp_audit.trends.lines import LinePoint
from ehcp_audit.trends.measures import GOOD_OR_BETTER, good_or_better, good_title
from ehcp_audit.trends.shares import Share, pooled_share
from ehcp_audit.trends.signals import Signals, line_signals
from ehcp_audit.trends.spans import TrendPeriod, is_part, periods_asked
from ehcp_audit.trends.versions import (
    Joined,
    VersionChange,
    compare_versions,
    join,
)


@dataclass(frozen=True)
class MetFigure:
    """Audits that met a theme or criterion, out of those with a level; the rest stands beside."""

    met: Share
    not_evidenced: int
    not_applicable: int


@dataclass(frozen=True)
class MetLine:
    """A theme or criterion over time: one figure a period, and all periods together.

    `label` names the rubric's versions where the line does not join all of them; `measured` is
    of a criterion that never enters a theme's result or a grade (any longer). `drawn` are the
    points of its chart, with what was brought in from before this tool. `signals` are of these,
    and not called; None where no whole period has figures.
    """

    id: str
    title: str
    label: str
    versions: tuple[str, ...]
    points: tuple[MetFigure, ...]
    pooled: MetFigure
    drawn: tuple[LinePoint, ...] = ()
    signals: Signals | None = None
    measured: bool = False

    @property
    def name(self) -> str:
        """The title, whether it is only measured, and the versions where they matter."""
        mark = "(measured)" if self.measured else ""
        return " ".join(filter(None, [self.title, mark, self.label]))


@dataclass(frozen=True)
class GradeFigure:
    """How the graded audits divide, best grade first; the ungraded are outside the shares."""

    shares: tuple[Share, ...]
    ungraded: int

    @property
    def graded(self) -> int:
        """How many audits have a grade."""
        return sum(share.count for share in self.shares)


@dataclass(frozen=True)
class GradeLine:
    """The grades over time; `ids` and `titles` run from the best grade to the worst.

    `good` is the line of those that are Good or better.
    """

    ids: tuple[str, ...]
    titles: tuple[str, ...]
    label: str
    versions: tuple[str, ...]
    points: tuple[GradeFigure, ...]
    pooled: GradeFigure
    good: MetLine


@dataclass(frozen=True)
class ThemeTrend:
    """A theme's own line (several where its meaning changed) and its criteria's lines."""

    id: str
    title: str
    lines: tuple[MetLine, ...]
    criteria: tuple[MetLine, ...]


@dataclass(frozen=True)
class Trend:
    """The answer to a question, in figures.

    Attributes:
        question: what was asked.
        rubrics: the versions in use, oldest first.
        periods: every period from the first to the last; one without audits is a gap.
        audits: counting audits over all periods; a plan audited in two periods counts in each.
        grades: one line, or one for each set of grading rules.
        themes: every theme, in the newest version's order.
        changes: from each version in use to the next.
        undated, left_out, repeated: audits that do not count, as `Tallies` has them.
    """

    question: Question
    rubrics: tuple[Rubric, ...]
    periods: tuple[TrendPeriod, ...]
    audits: int
    grades: tuple[GradeLine, ...]
    themes: tuple[ThemeTrend, ...]
    changes: tuple[VersionChange, ...]
    undated: int
    left_out: Mapping[str, int]
    repeated: int

    @property
    def rubric(self) -> Rubric:
        """The newest version in use."""
        return self.rubrics[-1]

    @property
    def lines(self) -> tuple[MetLine, ...]:
        """Every line that may signal: Good or better, the themes, their criteria."""
        return (
            *(line.good for line in self.grades),
            *(line for theme in self.themes for line in (*theme.lines, *theme.criteria)),
        )


# Counts by level, of a measure, rubric version and period.
_Counts = Mapping[tuple[str, str, str], Counter[int]]


def trend(
    question: Question, tallies: Tallies, rubrics: Mapping[str, Rubric], *, today: date
) -> Trend:
    """Turn tallies into figures; `rubrics` are by hash and hold every version tallied.

    Where nothing was tallied the newest version stands alone. Raises KeyError for a version
    that is not given, and ValueError where there is no version at all.
    """
    if not rubrics:
        message = "a trend needs at least one version of its rubric"
        raise ValueError(message)
    hashes = {row.rubric_hash for row in tallies.rows}
    used = in_order(rubrics[each] for each in hashes) or in_order(rubrics.values())[-1:]
    keys = {row.period for row in tallies.rows} | {key for key, n in tallies.audits.items() if n}
    periods = tuple(
        TrendPeriod(period, tallies.audits.get(period.key, 0), is_part(period, question, today))
        for period in periods_asked(question, keys, today)
    )
    counts = _counts(tallies)
    return Trend(
        question=question,
        rubrics=used,
        periods=periods,
        audits=sum(each.audits for each in periods),
        grades=tuple(
            _grade_line(joined, counts, periods)
            for joined in join(used, lambda _: (GRADE_ID,), lambda rubric, _: grade_key(rubric))
        ),
        themes=_themes(used, counts, periods),
        changes=tuple(
            compare_versions(earlier, later, _first_use(tallies, later))
            for earlier, later in pairwise(used)
        ),
        undated=tallies.undated,
        left_out=dict(tallies.left_out),
        repeated=tallies.repeated,
    )


def _counts(tallies: Tallies) -> _Counts:
    counts: dict[tuple[str, str, str], Counter[int]] = {}
    for row in tallies.rows:
        levels = counts.setdefault((row.criterion, row.rubric_hash, row.period), Counter())
        levels[row.level] += row.count
    return counts


def _first_use(tallies: Tallies, rubric: Rubric) -> str:
    return min(row.period for row in tallies.rows if row.rubric_hash == rubric.hash)


def _themes(
    rubrics: Sequence[Rubric], counts: _Counts, periods: Sequence[TrendPeriod]
) -> tuple[ThemeTrend, ...]:
    themes = join(rubrics, lambda rubric: [theme.id for theme in rubric.themes], theme_key)
    criteria = join(rubrics, lambda rubric: [c.id for c in rubric.criteria], Rubric.comparison_key)
    results = [_theme_line(joined, counts, periods) for joined in themes]
    answers = [
        (joined.latest.criterion(joined.id).theme, _criterion_line(joined, counts, periods))
        for joined in criteria
    ]
    latest = {joined.id: joined.latest.theme(joined.id).title for joined in themes}
    return tuple(
        ThemeTrend(
            id=theme_id,
            title=title,
            lines=tuple(line for line in results if line.id == theme_id),
            criteria=tuple(line for theme, line in answers if theme == theme_id),
        )
        for theme_id, title in latest.items()
    )


def _theme_line(joined: Joined, counts: _Counts, periods: Sequence[TrendPeriod]) -> MetLine:
    return _met_line(
        joined,
        joined.latest.theme(joined.id).title,
        [
            _met_figure(
                counts,
                theme_criterion(joined.id),
                joined.rubrics,
                each.period.key,
                lambda _: THEME_MET,
            )
            for each in periods
        ],
        periods,
    )


def _criterion_line(joined: Joined, counts: _Counts, periods: Sequence[TrendPeriod]) -> MetLine:
    criterion = joined.latest.criterion(joined.id)
    line = _met_line(
        joined,
        criterion.title,
        [
            _met_figure(
                counts,
                joined.id,
                joined.rubrics,
                each.period.key,
                lambda rubric: rubric.scale.met_from,
            )
            for each in periods
        ],
        periods,
    )
    return replace(line, measured=criterion.measured)


def _met_line(
    joined: Joined, title: str, points: Sequence[MetFigure], periods: Sequence[TrendPeriod]
) -> MetLine:
    pooled = MetFigure(
        pooled_share(point.met for point in points),
        sum(point.not_evidenced for point in points),
        sum(point.not_applicable for point in points),
    )
    line = MetLine(joined.id, title, joined.label, joined.versions, tuple(points), pooled)
    nothing = Share(0, 0)
    drawn = zip(periods, points, strict=True)
    return drawn_line(line, [LinePoint(each, point.met, nothing) for each, point in drawn])


def drawn_line(line: MetLine, points: Sequence[LinePoint]) -> MetLine:
    """Return a line with the points of its chart, and what they say."""
    whole = any(point.whole for point in points)
    shares, periods = [point.share for point in points], [point.period for point in points]
    signals = line_signals(shares, periods) if whole else None
    return replace(line, drawn=tuple(points), signals=signals)


def _met_figure(
    counts: _Counts,
    measure: str,
    rubrics: Iterable[Rubric],
    period_key: str,
    met_from: Callable[[Rubric], int],
) -> MetFigure:
    """Count one measure in one period: levels make the share, the other two stand beside it."""
    met = scored = not_evidenced = not_applicable = 0
    for rubric in rubrics:
        for level, count in counts.get((measure, rubric.hash, period_key), Counter()).items():
            if level == NOT_APPLICABLE:
                not_applicable += count
            elif level == NOT_EVIDENCED:
                not_evidenced += count
            else:
                scored += count
                met += count if level >= met_from(rubric) else 0
    return MetFigure(Share(met, scored), not_evidenced, not_applicable)


def _grade_line(joined: Joined, counts: _Counts, periods: Sequence[TrendPeriod]) -> GradeLine:
    points = [_grade_figure(counts, joined, each.period.key) for each in periods]
    grades = joined.latest.grades
    good = len(good_or_better(joined.latest))
    pooled = GradeFigure(
        tuple(pooled_share(point.shares[rank] for point in points) for rank in range(len(grades))),
        sum(point.ungraded for point in points),
    )
    return GradeLine(
        tuple(rule.id for rule in grades),
        tuple(rule.label for rule in grades),
        joined.label,
        joined.versions,
        tuple(points),
        pooled,
        _met_line(
            replace(joined, id=GOOD_OR_BETTER),
            good_title(joined.latest),
            [_good_figure(point, good) for point in points],
            periods,
        ),
    )


def _good_figure(figure: GradeFigure, good: int) -> MetFigure:
    count = sum(share.count for share in figure.shares[:good])
    return MetFigure(Share(count, figure.graded), 0, 0)


def _grade_figure(counts: _Counts, joined: Joined, period_key: str) -> GradeFigure:
    ranks: Counter[int] = Counter()
    for rubric in joined.rubrics:
        ranks.update(counts.get((GRADE_ID, rubric.hash, period_key), Counter()))
    grades = joined.latest.grades
    graded = sum(count for rank, count in ranks.items() if rank > 0)
    best_first = [joined.latest.grade_rank(rule.id) for rule in grades]
    return GradeFigure(
        tuple(Share(ranks[rank], graded) for rank in best_first),
        sum(count for rank, count in ranks.items() if rank <= 0),
    )
