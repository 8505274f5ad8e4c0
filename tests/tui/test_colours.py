"""Every pair of colours in use can be read: 4.5:1, in high contrast 7:1 (WCAG 2.2, 1.4.3, 1.4.6).

Where a terminal has 16 colours only, each becomes the nearest of them, and must still be read.
"""

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from tests.tui.keyboard import Hands, begin, make_store, opened, sign_off
from textual.strip import Strip
from textual.widgets import Input

from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui import themes

Pair = tuple[str, str]
FRAMES = " │─╭╮╰╯▊▎▔▁▌▐▏"  # lines round things and scroll bars, which say nothing


def shown_strips(hands: Hands) -> list[Strip]:
    return hands.screen._compositor.render_strips()


def pairs_in_use(hands: Hands) -> dict[Pair, str]:
    """Return every pair of colours under text on the screen, with a text that has it."""
    found: dict[Pair, str] = {}
    for strip in shown_strips(hands):
        for segment in strip:
            said = not segment.control and segment.text.strip(FRAMES)
            if said and segment.style is not None:
                found.setdefault(_pair(segment.style), segment.text.strip())
    return found


def _pair(style: Style) -> Pair:
    text, under = (
        colour.get_truecolor().hex if colour else default
        for colour, default in ((style.color, "#ffffff"), (style.bgcolor, "#000000"))
    )
    return (under, text) if style.reverse else (text, under)


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(pair: Pair) -> float:
    darker, lighter = sorted(luminance(each) for each in pair)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(("#000000", "#ffffff")) == pytest.approx(21)
    assert contrast(("#767676", "#ffffff")) == pytest.approx(4.54, abs=0.005)
    assert contrast(("#777777", "#ffffff")) == pytest.approx(4.48, abs=0.005)


def too_faint(pairs: dict[Pair, str], least: float) -> list[str]:
    return [
        f"{text!r}: {pair[0]} on {pair[1]} is {contrast(pair):.2f}"
        for pair, text in pairs.items()
        if contrast(pair) < least
    ]


@pytest.fixture
def audits(workspace: Workspace) -> Workspace:
    with make_store(workspace) as store:
        sign_off(store)
        begin(store, plan_ref="NS-0002")
    return workspace


SCREENS_BY_KEYS = (
    (), ("question_mark",), ("colon",), ("slash", "x"), ("w",), ("n",), ("r",), ("t",), ("t", "f"),
    ("enter",), ("c",), ("c", "3", "1"), ("c", "n"), ("c", "x"), ("c", "i"), ("c", "y"),
    ("c", "s"), ("c", "f"), ("c", "f", "f2"), ("c", "slash"), ("c", "w"), ("r", "e"), ("r", "u"),
)  # fmt: skip


# The 16 colours as most terminals show them (those of VGA, which are the palest against black).
VGA = (
    "#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa",
    "#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff",
)  # fmt: skip


def of_sixteen(colour: str) -> str:
    number = RichColor.parse(colour).downgrade(ColorSystem.STANDARD).number
    assert number is not None
    return VGA[number]


@pytest.mark.parametrize("theme", themes.NAMES)
async def test_every_pair_of_colours_in_use_can_be_read(audits: Workspace, theme: str) -> None:
    least = 7.0 if theme == "ehcp-contrast" else 4.5
    async with opened(audits) as hands:
        hands.app.theme = theme
        for keys in SCREENS_BY_KEYS:
            await hands.press(*keys)
            pairs = pairs_in_use(hands)
            assert not too_faint(pairs, least), keys
            sixteen = {(of_sixteen(a), of_sixteen(b)): said for (a, b), said in pairs.items()}
            assert not too_faint(sixteen, 4.5), keys
            while hands.screen_name != "HomeScreen":
                await hands.press("escape")


async def test_the_cursor_line_is_seen_in_sixteen_colours_too(audits: Workspace) -> None:
    for theme in themes.NAMES:
        async with opened(audits) as hands:
            hands.app.set_class(True, "-sixteen")
            hands.app.theme = theme
            await hands.settle()
            here = [each for line in hands.segments for each in line if "NS-0002" in each.text]
            (style,) = {each.style for each in here[-1:]}
            assert style is not None
            assert style.bgcolor is not None
            other = of_sixteen(themes.THEMES[themes.NAMES.index(theme)].background or "")
            assert style.reverse or of_sixteen(style.bgcolor.name) != other, theme


async def test_without_colour_a_field_and_its_cursor_are_seen(
    audits: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(audits) as hands:
        await hands.press("w")
        field = hands.find("Input", Input)
        (line,) = [strip for y, strip in enumerate(hands.segments) if y == field.region.y]
        assert "│ KL" in "".join(each.text for each in line)[field.region.x :]
        assert [each for each in line if each.style is not None and each.style.reverse]


async def test_without_colour_the_cursor_is_seen_and_no_colour_is_sent(
    audits: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(audits) as hands:
        await hands.press("c")
        segments = [each for strip in shown_strips(hands) for each in strip]
        styles = [each.style for each in segments if each.style is not None]
        colours = {each for style in styles for each in (style.color, style.bgcolor) if each}
        assert all(each.is_default for each in colours)
        here = [each.text for each in segments if each.style is not None and each.style.reverse]
        assert any(hands.walk.criterion.title in text for text in here)
