"""How fast pages become articles: fetch → take apart → judge → claims → store, with each step's share.

The pages of `tests/news_pages.py`, padded to the weight of real ones with scripts and links, come from a server
on loopback; each round stores into a new SQLite file. Seconds are of the processor, so that other work on the machine
counts little; for that, pages are taken apart in this process, and what a worker adds is told by the clock.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from bot.reading.fetch import Fetcher
from bot.reading.page import page_of
from bot.reading.sheet import take_apart
from bot.reading.web import decoded
from bot.reading.workers import Workers
from bot.service import Service
from claims.extract import extract
from claims.model import Article
from db.engine import open_database, writing
from db.worked import work_out
from tests.news_pages import news_pages
from tests.texts import NOW
from tests.web import Given, Web

T = TypeVar("T")


class Steps:
    """The seconds that each step took in all."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def __call__(self, name: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        try:
            return work()
        finally:
            self.seconds[name] += time.process_time() - began


def padded(html: str, weight: int, dice: random.Random) -> bytes:
    """A page with the scripts and links that make real ones heavy."""
    words = "".join(dice.choices("abcdefghijklmnopqrstuvwxyz  ", k=weight // 2))
    links = "".join(f'<li class="menu-item"><a href="/{at}">{words[at * 9 : at * 9 + 9]}</a></li>' for at in range(400))
    extra = f"<script>var state = '{words}';</script><ul class='mega-menu'>{links}</ul>"
    return html.replace("</body>", f"{extra}</body>").encode()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--weight", type=int, default=100_000, help="bytes that a page weighs about")
    options = parser.parse_args()
    dice, pages, steps = random.Random(7), list(news_pages()), Steps()
    with Web() as web, web.fetcher() as fetcher:
        for page in pages:
            host = page.address.partition("://")[2].partition("/")[0]
            url = page.address.replace("https://", "http://")
            web.pages[url] = Given(padded(page.html, options.weight, dice))
            web.pages[f"http://{host}/robots.txt"] = Given(b"User-agent: *\nDisallow: /admin")
        heavy = sum(len(given.body) for given in web.pages.values()) // len(pages)
        for number in range(options.rounds + 1):
            if number == 1:  # the first round loads what is loaded once
                steps = Steps()
            with tempfile.TemporaryDirectory() as home:
                service = Service(open_database(f"sqlite:///{home}/bench.db"))
                for page in pages:
                    read(page.address.replace("https://", "http://"), steps, fetcher, service)
    count, total = options.rounds * len(pages), sum(steps.seconds.values())
    print(f"{len(pages)} pages of {heavy // 1000} KB, {options.rounds} rounds, one after another")
    for name, seconds in steps.seconds.items():
        print(f"  {name:12} {1000 * seconds / count:7.2f} ms a page {100 * seconds / total:5.1f} %")
    print(f"  {'in all':12} {1000 * total / count:7.2f} ms a page, {count / total:.1f} pages a second and core")
    with Workers(1) as workers:
        html = padded(pages[0].html, options.weight, dice).decode()
        print(
            f"  in a warm worker a page is taken apart in {1000 * min(clocked(workers, html, 40)):.2f} ms by the clock"
        )


def clocked(workers: Workers, html: str, times: int) -> Iterator[float]:
    """The seconds by the clock that a page takes in a worker, each time."""
    for _ in range(times):
        began = time.perf_counter()
        workers.take_apart(html)
        yield time.perf_counter() - began


def read(url: str, steps: Steps, fetcher: Fetcher, service: Service) -> None:
    """One page, step by step, as `Web.read` and `Service.add_page` do it."""
    fetched = steps("fetch", lambda: fetcher.get(url))
    html = decoded(fetched.body, fetched.charset)
    sheet = steps("take apart", lambda: take_apart(html, fetched.url))
    page = steps("judge", lambda: page_of(sheet, fetched.url, None))
    article = Article(
        id=url, url=url, text=page.text, title=page.title, source=page.source, published=page.published,
        language=page.language,
    )  # fmt: skip
    extraction = steps("claims", lambda: extract(article))

    def store() -> None:
        with writing(service.engine) as session:
            service.store(session, work_out(extraction), now=NOW, is_page=True)

    steps("store", store)


if __name__ == "__main__":
    main()
