"""What an article is about: the names that it keeps coming back to, in a spelling that languages share.

A claim often names neither its place nor its actor ("killing six dockers"): the story of its article does. Two
articles tell of one story where they share enough of these names in the same weeks, or one of them in the same days
and what they open with.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

from claims.concepts import meanings
from claims.entities import entities
from claims.lexicon import lexicon, supported
from claims.model import Article, Claim
from claims.text import OPENING, fold, key, sentences, words

#: names that are kept, the most telling first
MOST_NAMES = 16
#: the first of them, under which claims are looked up: what a story is named by
HEAD = 4
#: shared names that make two articles of the same weeks tell of one story, where both are named by one of them, or only
#: one is; and of a year's: a trial goes on for long. Days that lie between such articles
_ENOUGH, _MANY, _PLENTY = 2, 3, 5
_WEEKS, _YEAR = 60, 400
#: concepts beside a single shared name that do so for articles of the same days; days that lie between those
_ALIKE, _DAYS = 2, 14
_SHORTEST = 4
#: a name is cut to this many letters, so that its cases and its adjective are one: "Ukraina", "Украине", "Ukrainian"
_STEM = 6
#: a name in the first sentences weighs this much more
_LEAD_WEIGHT = 3
_LEAD_PARAGRAPHS = 3
#: characters that an article opens with
_OPENS = 350
#: characters of a sentence that are looked at; a longer one is no sentence
_LONGEST = 2000
#: what a dateline ends in: the report opens behind it
_DATELINE = ("— ", "– ", "- ")
#: sections of a lexicon whose words are written with a capital and name nobody in particular
_COMMON = (
    "title", "month", "weekday", "body", "chamber", "date_word", "pronoun", "locative", "function", "agent", "unit",
    "report_noun", "measure_verb",
)  # fmt: skip
#: letters of the Cyrillic alphabets → Latin, as in passports
_LATIN = dict(zip("абвгдеёзийклмнопрстуфхыэіїєґ", "abvgdeeziyklmnoprstufhyeiieg", strict=True)) | {
    "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
}  # fmt: skip


def story(article: Article, language: str) -> tuple[str, ...]:
    """The names of an article, the most telling first; the title is left out, since it may put capitals everywhere."""
    text = article.text
    weights: Counter[str] = Counter()
    inside: set[str] = set()
    known = lexicon(language).abbreviations if language in supported() else frozenset[str]()
    for sentence in sentences(text, known):
        if sentence.paragraph == 0 and "\n" in text.strip():
            continue
        weight = _LEAD_WEIGHT if sentence.paragraph <= _LEAD_PARAGRAPHS else 1
        for name, is_inside in _names(sentence.span.of(text)[:_LONGEST], language):
            weights[name] += weight
            if is_inside:
                inside.add(name)
    taken = _outlet(article) | _in_lower_case(text)
    ranked = sorted((name for name in inside if name not in taken), key=lambda name: (-weights[name], name))
    return tuple(dict.fromkeys(map(_cut, ranked)))[:MOST_NAMES]


def opening(article: Article, language: str) -> tuple[str, ...]:
    """The concepts that an article opens with, in the order of the alphabet."""
    text = article.text[:_OPENS]
    return tuple(sorted({name for one in meanings(text, language, wide=False) for name in one.concepts}))


def one_story(one: Claim, other: Claim) -> bool:
    """Whether the articles of two claims tell of one story: they share names, among them one that either is named by,
    and are not far apart in time."""
    common = set(one.story).intersection(other.story)
    if not common:
        return False
    named = [bool(common.intersection(claim.story[:HEAD])) for claim in (one, other)]
    if not any(named):
        return False
    apart = abs((one.published - other.published).days) if one.published and other.published else None
    if len(common) >= (_ENOUGH if all(named) else _MANY):
        return apart is None or apart <= (_WEEKS if len(common) < _PLENTY else _YEAR)
    alike = apart is not None and apart <= _DAYS and len(set(one.opening) & set(other.opening)) >= _ALIKE
    return alike and (all(named) or len(common) >= _ENOUGH)


def spelled(name: str) -> str:
    """A name as all languages can write it: Latin letters without accents."""
    latin = "".join(_LATIN.get(char, char) for char in fold(name).removesuffix("'s"))
    return "".join(char for char in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(char))


def stem(word: str) -> str:
    """A word of a name without what a case or an adjective adds to it."""
    return _cut(spelled(word))


def _cut(name: str) -> str:
    return name[: min(_STEM, max(_SHORTEST, len(name) - 1))]


def _names(sentence: str, language: str) -> Iterator[tuple[str, bool]]:
    """The words written as names, and whether more than the start of a sentence gives them their capital: they stand
    inside it, or own something."""
    countries = [one.span for one in entities(sentence, language) if one.entity.kind == "country"]
    for at, word in enumerate(words(sentence)):
        text = word.of(sentence)
        if len(text) < _SHORTEST or not text[0].isupper() or any(span.overlaps(word) for span in countries):
            continue
        name = fold(text).removesuffix("'s")
        if name not in _common_words(language) and not _is_country(text, language):
            opens = at == 0 or sentence[word.start - 1] in OPENING or sentence[: word.start].endswith(_DATELINE)
            yield spelled(text), text.isupper() or not opens or len(name) < len(text)


@lru_cache(maxsize=1 << 13)
def _is_country(word: str, language: str) -> bool:
    """Whether a word names a country or its people, whatever longer name it stands in: "the Dutch coastguard"."""
    return any(one.entity.kind == "country" for one in entities(word, language))


def _in_lower_case(text: str) -> frozenset[str]:
    """The words that the text also writes without a capital: no names."""
    return frozenset(map(spelled, {word for span in words(text) if (word := span.of(text)).islower()}))


def _outlet(article: Article) -> frozenset[str]:
    """The names of the paper itself tell of no story."""
    source = article.source or ""
    return frozenset(spelled(span.of(source)) for span in words(source))


@cache
def _common_words(language: str) -> frozenset[str]:
    if language not in supported():
        return frozenset()
    entries = [entry for section in _COMMON for entry in lexicon(language).entries(section)]
    entries += lexicon("en").entries("title")  # which other languages borrow, and translators leave: "Governor Lin"
    return frozenset(word for entry in entries for form in entry.forms for word in key(form).split())
