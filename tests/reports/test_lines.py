"""A report in lines: every cell with its heading, nothing drawn, nothing lost."""

from ehcp_audit.reports.lines import parts_of, render_lines
from ehcp_audit.reports.model import (
    Chart,
    ChartPoint,
    ChartSeries,
    Column,
    Entry,
    Note,
    Pairs,
    Paragraph,
    Report,
    Section,
    Table,
)

TWIN = Table((Column("Month"), Column("Met")), (("May", "50%"), ("June", "–")))
CHART = Chart(
    kind="line",
    title="Met by month",
    alt="Line chart: 50% in May.",
    series=(ChartSeries("", (ChartPoint("May", 0.5, "50%"), ChartPoint("June", None, "–"))),),
    twin=TWIN,
    words=("Nothing to say.",),
)
TABLE = Table(
    (Column("Theme"), Column("Over time"), Column("Met"), Column("Plans")),
    (("Voice\n6 not seen", "▁▂·", "27%\n3/11", "11"), ("Outcomes", "··", "", "–")),
)


def report(*blocks) -> Report:
    return Report("trend", "Title", ("By month",), ("Look",), (Section("Part one", blocks),))


def lines(*blocks) -> list[str]:
    text = render_lines(report(*blocks))
    assert text.startswith("Title\nBy month\nLook\n\nPart one:\n")
    return text.splitlines()[5:]


def test_a_row_is_a_line_and_every_cell_has_its_heading() -> None:
    assert lines(TABLE) == [
        "Voice (6 not seen): Met 27% (3/11), Plans 11.",
        "Outcomes: Over time ··, Plans none.",
    ]


def test_every_block_is_said() -> None:
    assert lines(
        Paragraph("A sentence."),
        Pairs((("Made", "today"), ("Facts", ""), ("", "and on"))),
        Entry("● Strong", "Own views", ("“hers”, A p.2",)),
        Note("mind this"),
    ) == [
        "A sentence.",
        "Made: today",
        "Facts:",
        "and on",
        "Strong: Own views",
        "“hers”, A p.2",
        "Note: mind this",
    ]


def test_a_chart_is_said_in_its_words_and_figures() -> None:
    assert lines(CHART) == [
        "Chart: Met by month.",
        "Line chart: 50% in May.",
        "Nothing to say.",
        "May: Met 50%.",
        "June: Met none.",
    ]


def test_control_characters_are_made_visible_and_parts_can_be_heard_one_by_one() -> None:
    (part,) = parts_of(report(Paragraph("a\x1b[31mb")))
    assert part.title == "Part one"
    assert part.lines == ("a␛[31mb",)
