"""Made-up claims and questions about them: an invented town, a thing that is counted there, a speaker, a day.

Their wording is taken from the way news writes, not from the lexicons; `unknown_words` is the share of their words that
those do not know.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from claims.concepts import is_known, is_nothing
from claims.model import Claim, EventDate, Kind, Quantity
from claims.text import fold, words
from tests.bench.figures import Asked

SYLLABLES = [first + last for first in "bdgklmnprst" for last in "aeio"]
#: measure, and how each language counts it: sentences with a number, a question, and a question in other words
MATTERS = {
    "killed": (
        "{n} people were killed in {t}, {s} said",
        "{n} orang tewas di {t}, kata {s}",
        "how many people were killed in {t}",
        "berapa orang tewas di {t}",
        "lives lost {t}",
    ),
    "injured": (
        "hospitals in {t} treated {n} wounded, according to {s}",
        "{n} warga {t} luka-luka, ujar {s}",
        "how many were injured in {t}",
        "berapa yang luka di {t}",
        "wounded {t}",
    ),
    "missing": (
        "{n} remain unaccounted for after the disaster in {t}, {s} said",
        "{n} orang masih dicari di {t}, menurut {s}",
        "how many people are missing in {t}",
        "berapa orang hilang di {t}",
        "missing {t}",
    ),
    "arrested": (
        "{n} suspects were taken into custody in {t}, {s} said",
        "{n} orang ditahan di {t}, kata {s}",
        "how many were arrested in {t}",
        "berapa orang ditangkap di {t}",
        "arrests {t}",
    ),
    "displaced": (
        "some {n} residents fled their homes in {t}, {s} said",
        "{n} warga {t} mengungsi, kata {s}",
        "how many people were displaced in {t}",
        "berapa warga mengungsi di {t}",
        "evacuated {t}",
    ),
    "houses": (
        "{n} homes were wrecked across {t}, {s} reported",
        "{n} rumah di {t} rusak, kata {s}",
        "how many houses were damaged in {t}",
        "berapa rumah rusak di {t}",
        "homes destroyed {t}",
    ),
    "crowd": (
        "about {n} demonstrators marched through {t}, {s} estimated",
        "sekitar {n} pengunjuk rasa memadati {t}, kata {s}",
        "how many people protested in {t}",
        "berapa peserta aksi di {t}",
        "turnout of the march in {t}",
    ),
    "jobs": (
        "the plant in {t} will shed {n} jobs, {s} said",
        "pabrik di {t} memangkas {n} pekerjaan, ujar {s}",
        "how many jobs will be cut in {t}",
        "berapa pekerjaan dipangkas di {t}",
        "layoffs at the factory in {t}",
    ),
}
SPEAKERS = ("police", "the mayor", "rescue workers", "a spokesman", "polisi", "bupati", "BNPB", "organisers")


def town(number: int) -> str:
    """An invented name: the same for the same number."""
    base = len(SYLLABLES)
    parts = [SYLLABLES[number % base], SYLLABLES[number // base % base], SYLLABLES[number // base**2 % base], "ngan"]
    return "".join(parts).capitalize()


def made(size: int, chance: random.Random) -> list[tuple[str, int, Claim]]:
    """(measure, town, claim): topics as Zipf has them, English and Indonesian in turn."""
    found = []
    names = list(MATTERS)
    towns = max(200, size // 12)
    for number in range(size):
        where = min(int(chance.paretovariate(0.6)) - 1, towns * 50) % towns if number % 3 else chance.randrange(towns)
        measure = names[chance.randrange(len(names))]
        count, speaker = chance.randrange(2, 9000), chance.choice(SPEAKERS)
        language = "en" if number % 2 else "id"
        sentence = MATTERS[measure][0 if language == "en" else 1].format(n=count, t=town(where), s=speaker)
        on = date(2024, 1, 1) + timedelta(days=chance.randrange(700))
        claim = Claim(
            kind=Kind.QUANTITY, evidence=sentence, start=0, measure=measure, speaker=speaker,
            quantity=Quantity(low=Decimal(count), high=Decimal(count), unit="people"),
            event_date=EventDate.day(on), published=on, language=language,
        )  # fmt: skip
        found.append((measure, where, claim))
    return found


def questions(claims: Sequence[tuple[str, int, Claim]], many: int, chance: random.Random) -> Iterator[Asked]:
    """Near, cross-lingual, misspelled and keyword questions, and a sixth that nothing answers."""
    by_matter: dict[tuple[str, int], set[int]] = {}
    for number, (measure, where, _) in enumerate(claims):
        by_matter.setdefault((measure, where), set()).add(number)
    known = list(by_matter)
    for at in range(many):
        measure, where = known[chance.randrange(len(known))]
        wanted = frozenset(by_matter[measure, where])
        language = claims[min(wanted)][2].language
        style = ("near", "cross", "typo", "keyword", "near", "none")[at % 6]
        asks = "id" if (language == "id") != (style == "cross") else "en"
        wording = MATTERS[measure][4 if style == "keyword" else 2 if asks == "en" else 3]
        name = town(where)
        if style == "none":
            name, wanted = f"{name[:3]}xoq{name[3:5]}", frozenset()
        if style == "typo":
            name = name[:3] + name[4] + name[3] + name[5:]
        if style == "cross":
            wanted = frozenset(one for one in wanted if claims[one][2].language != asks) or wanted
        yield Asked(wording.format(t=name), style, asks, wanted)


def unknown_words(claims: Sequence[tuple[str, int, Claim]]) -> float:
    """The share of words that no table holds, invented names apart."""
    vocabulary = {
        (fold(span.of(claim.evidence)), claim.language)
        for _, _, claim in claims[:2000]
        for span in words(claim.evidence)
    }
    plain = [(word, code) for word, code in vocabulary if word.isalpha() and not word.endswith("ngan")]
    return sum(not is_known(word, code) and not is_nothing(word, code) for word, code in plain) / len(plain)


def hostile() -> dict[str, str]:
    """Questions that are made to cost."""
    return {
        "4,096 characters of common words": " ".join(["people", "killed", "in", "the", "said"] * 200)[:4096],
        "300 words, all of them different": " ".join(f"{town(number)}{number}" for number in range(300))[:4096],
    }
