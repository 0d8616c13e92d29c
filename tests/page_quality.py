"""How well pages are read: `make quality`. Prints figures over the pages of `news_pages`, fails below a floor.

text: share of the paragraphs kept word for word · noise: share of the text that stands in no paragraph · title, outlet,
address: share that is right · day: share that is right, unknown where the page does not say it · wrong_days: how many
pages are given a day that is not theirs.
"""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bot.reading.page import Page, page_of  # noqa: E402
from bot.reading.refused import Refused  # noqa: E402
from bot.reading.sheet import take_apart  # noqa: E402
from tests.news_pages import NewsPage, news_pages  # noqa: E402

#: what must hold: at least, but for noise and wrong_days, which may be at most so much
FLOORS = {"text": 0.98, "noise": 0.02, "title": 0.95, "outlet": 0.95, "day": 0.95, "wrong_days": 0, "address": 0.95}
_HARMS = ("noise", "wrong_days")


@dataclass(frozen=True)
class Measured:
    """One page, compared with what a reader sees in it."""

    kept: int
    paragraphs: int
    noise: str
    characters: int
    right: dict[str, bool]
    is_day_wrong: bool


def measured(page: NewsPage) -> Measured:
    """What is read of a page."""
    try:
        read = page_of(take_apart(page.html, page.address), page.address)
    except Refused as refused:
        read = Page(title=f"refused: {refused}", text="", published=None, url=None, source=None, language=None)
    text = " ".join(read.text.split())
    kept = 0
    for wanted in (page.title, *page.headings, *page.paragraphs):
        if wanted in text:
            kept += wanted in page.paragraphs
            text = text.replace(wanted, " ", 1)
    right = {
        "title": read.title == page.title,
        "outlet": read.source == page.outlet,
        "day": read.published == page.day,
        "address": read.url == page.canonical,
        "language": read.language == page.language,
    }
    wrong = read.published is not None and read.published != page.day
    return Measured(kept, len(page.paragraphs), " ".join(text.split()), len(read.text), right, wrong)


def figures(pages: list[Measured]) -> dict[str, float]:
    """The figures over all pages."""
    return {
        "text": sum(one.kept for one in pages) / sum(one.paragraphs for one in pages),
        "noise": sum(len(one.noise) for one in pages) / max(1, sum(one.characters for one in pages)),
        **{name: sum(one.right[name] for one in pages) / len(pages) for name in pages[0].right},
        "wrong_days": sum(one.is_day_wrong for one in pages),
    }


def main() -> int:
    """Print the figures; 1 where one does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="print what is wrong with each page")
    options = parser.parse_args()
    pages = {page.name: measured(page) for page in news_pages()}
    for name, one in pages.items() if options.full else ():
        wrong = [what for what, holds in one.right.items() if not holds]
        if one.kept < one.paragraphs or one.noise or wrong:
            print(f"{name}: {one.kept} of {one.paragraphs}, wrong: {wrong}, noise: {one.noise!r}")
    failed = False
    for name, value in figures(list(pages.values())).items():
        floor = FLOORS.get(name)
        below = floor is not None and (value > floor if name in _HARMS else value < floor)
        failed = failed or below
        print(f"pages  {name:12} {value:.4f} floor {floor}{'  BELOW' if below else ''}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
