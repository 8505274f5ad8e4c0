"""Make the fonts that print needs, small: python scripts/fonts.py FOLDER-OF-NOTO-FONTS.

Needs fonttools, which nothing else here does. The originals are Noto Sans and Noto Sans Symbols 2
(SIL Open Font License 1.1), in Debian's package fonts-noto-core. The letters of Latin, Greek and
Cyrillic stay; the shapes that our pages use go into a small font of their own, with the eighths
of a bar drawn here because the original lacks them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent.parent / "src" / "ehcp_audit" / "reports" / "fonts"
LETTERS = (
    *range(0x20, 0x250), *range(0x2B0, 0x374), *range(0x374, 0x400), *range(0x400, 0x530),
    *range(0x1E00, 0x2000), *range(0x2000, 0x2070), *range(0x2070, 0x20D0), *range(0x2100, 0x2150),
    0xFFFD,
)  # fmt: skip
SHAPES = (
    *range(0x2400, 0x2427), *range(0x25A0, 0x2600), 0x2610, 0x2611, 0x2612, *range(0x2713, 0x2719),
)  # fmt: skip
EIGHTHS = range(0x2581, 0x2589)
BAR_WIDTH, BAR_HEIGHT = 600, 900


def subset(font: TTFont, characters: tuple[int, ...]) -> None:
    options = Options()
    options.hinting = False
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["FFTM"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def rename(font: TTFont, family: str) -> None:
    for record in font["name"].names:
        text = record.toUnicode()
        record.string = text.replace("Noto Sans Symbols2", family).replace(
            "NotoSansSymbols2", family.replace(" ", "")
        )


def add_bars(font: TTFont) -> None:
    order = font.getGlyphOrder()
    for height, code in enumerate(EIGHTHS, start=1):
        pen = TTGlyphPen(None)
        top = BAR_HEIGHT * height // 8
        pen.moveTo((40, 0))
        pen.lineTo((40, top))
        pen.lineTo((BAR_WIDTH - 40, top))
        pen.lineTo((BAR_WIDTH - 40, 0))
        pen.closePath()
        name = f"uni{code:04X}"
        order.append(name)
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = (BAR_WIDTH, 40)
        for table in font["cmap"].tables:
            table.cmap[code] = name
    font.setGlyphOrder(order)


def main(originals: Path) -> None:
    for style in ("Regular", "Bold"):
        font = TTFont(originals / f"NotoSans-{style}.ttf", recalcTimestamp=False)
        subset(font, LETTERS)
        font.save(HERE / f"NotoSans-{style}.ttf")
    font = TTFont(originals / "NotoSansSymbols2-Regular.ttf", recalcTimestamp=False)
    subset(font, SHAPES)
    rename(font, "Ehcp Symbols")
    add_bars(font)
    font.save(HERE / "EhcpSymbols.ttf")
    for path in sorted(HERE.glob("*.ttf")):
        print(path.name, path.stat().st_size)


main(Path(sys.argv[1]))
