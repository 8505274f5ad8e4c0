"""Evidence by finding: each sentence of a source, the criteria that answer it, what they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ehcp_audit.domain.questions import CountedAudit
from ehcp_audit.domain.rubric import Rubric, Source
from ehcp_audit.trends.lines import MeasureLine
from ehcp_audit.trends.measures import CRITERION_PREFIX
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.signals import Signals, line_signals


@dataclass(frozen=True)
class Answer:
    """What one criterion shows: its share, since when it has been asked, and its line's signals."""

    criterion: str
    title: str
    share: Share
    line: MeasureLine
    signals: Signals | None

    @property
    def since(self) -> str:
        """The first period in which a plan was given a level; empty where none was."""
        told = (point for point in self.line.points if point.share.total)
        first = next(told, None)
        return "" if first is None else first.period.period.label


@dataclass(frozen=True)
class FindingFigure:
    """One sentence of a source (in our words), where it stands, and the criteria that answer it."""

    at: str
    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class SourceFigures:
    """A document and its findings, in the order of the rubric."""

    source: Source
    findings: tuple[FindingFigure, ...]


def by_finding(
    rubric: Rubric, lines: Mapping[str, MeasureLine], latest: Sequence[CountedAudit]
) -> tuple[SourceFigures, ...]:
    """Return every finding the rubric names, by its source.

    `lines` hold the line of each criterion, by measure id; `latest` are the audits whose shares
    are shown.
    """
    answers = {
        criterion.id: _answer(
            criterion.id, criterion.title, lines[CRITERION_PREFIX + criterion.id], latest
        )
        for criterion in rubric.criteria
        if criterion.findings
    }
    found: dict[str, dict[tuple[str, str], list[Answer]]] = {}
    for criterion in rubric.criteria:
        for finding in criterion.findings:
            sentences = found.setdefault(finding.source, {})
            sentences.setdefault((finding.at, finding.text), []).append(answers[criterion.id])
    return tuple(
        SourceFigures(
            source,
            tuple(
                FindingFigure(at, text, tuple(answering))
                for (at, text), answering in found[source.id].items()
            ),
        )
        for source in rubric.sources
        if source.id in found
    )


def _answer(
    criterion: str, title: str, line: MeasureLine, latest: Sequence[CountedAudit]
) -> Answer:
    periods = [point.period for point in line.points]
    shares = [point.share for point in line.points]
    signals = line_signals(shares, periods) if any(point.whole for point in line.points) else None
    return Answer(criterion, title, line.measure.share(latest), line, signals)
