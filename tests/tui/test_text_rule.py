"""Text from people reaches a widget only through `shown` or our own painting, never as markup."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import ehcp_audit.tui

SOURCES = sorted(Path(ehcp_audit.tui.__file__).parent.rglob("*.py"))
CONTENT = {"Content", "Text"}  # what makes styled text, of Textual and of Rich
WIDGETS = {"Static", "Label", "Button", "Checkbox", "Placeholder", "Markdown", "Digits"}
PLAIN = {"Input", "TextArea", "EvidenceText", "TypedFact"}  # these take plain strings, unparsed
PARSED = {"border_title", "border_subtitle", "tooltip", "title", "sub_title", "placeholder"}
SAFE_CALLS = {"shown", "visible"}
PAINTERS = {"painted.py"}  # the only one that puts segments together
VOICES = {"say", "tell"}


def name_of(node: ast.expr) -> str:
    """Return a call's name: `Content`, or `Content.styled`, or `.update` of anything."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        return f"{owner}.{node.attr}"
    return ""


def is_literal(node: ast.expr) -> bool:
    """Whether a text is written in the source; a number put into it does no harm either."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.IfExp):
        return is_literal(node.body) and is_literal(node.orelse)
    return False


def is_made_safe(node: ast.expr) -> bool:
    """Whether a value is a literal, or has come through `shown` or `visible`."""
    if isinstance(node, ast.IfExp):
        return is_made_safe(node.body) and is_made_safe(node.orelse)
    if isinstance(node, ast.Call):
        return name_of(node.func) in SAFE_CALLS
    return is_literal(node) or (isinstance(node, ast.Name) and node.id == "NOTHING")


def given(call: ast.Call, *names: str) -> list[ast.expr]:
    """Return the first argument of a call, and those of some names."""
    return call.args[:1] + [each.value for each in call.keywords if each.arg in names]


def content_faults(name: str, call: ast.Call, file: str) -> Iterator[str]:
    """Say where styled text is made of more than literals, or of markup."""
    if name.endswith("from_markup"):
        yield "markup is parsed"
    made_here = name.partition(".")[0] in CONTENT and file != "shown.py"
    if made_here and not all(map(is_literal, call.args)):
        yield f"{name} outside shown.py"
    if name.endswith("Segment") and file not in PAINTERS:
        yield "a Segment is made outside the painters"


def widget_faults(name: str, call: ast.Call) -> Iterator[str]:
    """Say where a widget is given text as it is."""
    if name in WIDGETS and not all(map(is_made_safe, given(call, "content", "label"))):
        yield f"{name} takes text that was not shown()"
    if name in PLAIN and not all(map(is_made_safe, given(call, "value", "text"))):
        yield f"{name} takes text that was not made visible()"
    if name.endswith(".update") and not all(map(is_made_safe, given(call, "content"))):
        yield "update() takes text that was not shown()"


def voice_faults(name: str, call: ast.Call, file: str, function: str) -> Iterator[str]:
    """Say where a notice is given outside the two voices, or with markup."""
    if not name.endswith("notify"):
        return
    if file != "app.py" or function not in VOICES:
        yield "notify() outside say() and tell()"
    if "markup" not in {each.arg for each in call.keywords}:
        yield "notify() parses markup unless told not to"


def keyword_faults(call: ast.Call) -> Iterator[str]:
    """Say where markup is switched on, or a hint is not written in the source."""
    for keyword in call.keywords:
        off = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
        if keyword.arg == "markup" and not off:
            yield "markup=True"
        if keyword.arg in ("placeholder", "tooltip") and not is_literal(keyword.value):
            yield f"{keyword.arg} is not a literal"


class Reader(ast.NodeVisitor):
    """Reads one file and keeps what is wrong in it."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.function = ""
        self.found: list[str] = []

    def wrong(self, node: ast.AST, *what: str) -> None:
        """Keep a fault with its place."""
        self.found += [f"{self.file}:{getattr(node, 'lineno', 0)}: {each}" for each in what]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        outer, self.function = self.function, node.name
        self.generic_visit(node)
        self.function = outer

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for each in node.names:
            if each.asname and each.name in CONTENT | WIDGETS | PLAIN | {"Segment"}:
                self.wrong(node, f"{each.name} goes by another name")

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            parsed = isinstance(target, ast.Attribute) and target.attr in PARSED
            if parsed and not is_literal(node.value):
                self.wrong(node, "what is set here is parsed as markup")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = name_of(node.func)
        self.wrong(node, *content_faults(name, node, self.file))
        self.wrong(node, *widget_faults(name, node))
        self.wrong(node, *voice_faults(name, node, self.file, self.function))
        self.wrong(node, *keyword_faults(node))
        self.generic_visit(node)


def faults(source: str, file: str = "screen.py") -> list[str]:
    """Return every place where text could reach a widget as it is, or as markup."""
    reader = Reader(file)
    reader.visit(ast.parse(source))
    return reader.found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_screen_shows_text_that_was_not_made_safe(path: Path) -> None:
    assert faults(path.read_text(encoding="utf-8"), path.name) == []


@pytest.mark.parametrize(
    "source",
    [
        "yield Static(name)",
        "yield Static(f'{name}')",
        "yield Static('a' + name)",
        "yield Static(Content(name))",
        "yield Label(row.ref)",
        "yield Button(label=name)",
        "Content(name)",
        "Content.from_markup('[b]bold[/b]')",
        "Content.styled(name, 'bold')",
        "Content.assemble('a', name)",
        "Text.from_markup(name)",
        "from textual.content import Content as C",
        "self.query_one('#x').update(name)",
        "self.wrong.update(f'{error}')",
        "self.notify(visible(name), markup=False)",
        "self.app.notify('x')",
        "Static('x', markup=True)",
        "OptionList(markup=flag)",
        "self.border_title = name",
        "self.tooltip = name",
        "Input(name)",
        "Input(value=name)",
        "Input(placeholder=name)",
        "TextArea(note.text)",
        "yield Segment(name)",
        "yield Static(shown(a) if b else name)",
    ],
)
def test_the_rule_catches_text_on_its_way_to_a_widget(source: str) -> None:
    assert faults(source)


def test_the_rule_catches_a_notice_that_parses_markup() -> None:
    careless = "def say(self, sentence):\n    self.notify(visible(sentence))\n"
    assert faults(careless, "app.py")
    assert not faults(careless.replace("))", "), markup=False)"), "app.py")


@pytest.mark.parametrize(
    "source",
    [
        "yield Static('a literal')",
        "yield Static(shown(name))",
        "yield Static(NOTHING)",
        "yield Input(visible(name) if name else '', placeholder='Initials')",
        "self.wrong.update(shown(f'{error.what}'))",
        "Content(' ')",
    ],
)
def test_the_rule_lets_through_what_is_safe(source: str) -> None:
    assert not faults(source)
