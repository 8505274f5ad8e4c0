"""The one place that knows which writer makes which format of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.reports.steps import Progress, unwatched

if TYPE_CHECKING:
    from ehcp_audit.reports.model import Report

Format = Literal["text", "md", "html", "pdf", "xlsx", "json", "csv"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
BINARY: Final[frozenset[str]] = frozenset({"pdf", "xlsx"})  # not for a terminal
_ENDINGS: Final[dict[str, Format]] = {
    ".txt": "text",
    ".md": "md",
    ".json": "json",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
}


def format_of_name(name: str) -> Format | None:
    """Return the format that a file's name asks for by its ending; None where it asks for none."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    return _ENDINGS.get(ending)


def write(
    report: Report,
    form: str,
    *,
    styled: bool = False,
    dots: bool = True,
    progress: Progress = unwatched,
) -> str | bytes:
    """Return the report in a format: text, or bytes for those of `BINARY`.

    With `styled`, text has bold headings by escape sequences; without `dots` its charts are for
    a terminal that has no braille dots. Every writer is imported only here, when its format is
    asked for. `progress` is told the steps of the formats that take long, and may stop them by
    raising. Raises `UsageError` for a format there is not.
    """
    if form not in FORMATS:
        what = f"there is no format “{form}”."
        raise UsageError(what, f"The formats are {', '.join(FORMATS)}.", title="No such format")
    if form in BINARY:
        return _bytes(report, form, progress)
    if form == "html":
        from ehcp_audit.reports.html import render_html  # noqa: PLC0415

        return render_html(report, progress)
    return _text(report, form, styled=styled, dots=dots)


def _bytes(report: Report, form: Format, progress: Progress) -> bytes:
    if form == "xlsx":
        from ehcp_audit.reports.xlsx import render_xlsx  # noqa: PLC0415

        return render_xlsx(report, progress)
    from ehcp_audit.reports.pdf import render_pdf  # noqa: PLC0415

    return render_pdf(report, progress)


def _text(report: Report, form: Format, *, styled: bool, dots: bool) -> str:
    if form == "md":
        from ehcp_audit.reports.markdown import render_markdown  # noqa: PLC0415

        return render_markdown(report)
    if form == "json":
        from ehcp_audit.reports.json_writer import render_json  # noqa: PLC0415

        return render_json(report)
    if form == "csv":
        from ehcp_audit.reports.csv_writer import render_csv  # noqa: PLC0415

        return render_csv(report)
    from ehcp_audit.reports.terminal import render_terminal  # noqa: PLC0415

    return render_terminal(report, styled=styled, dots=dots)
