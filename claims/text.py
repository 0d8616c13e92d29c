"""Texts at the edge, and their parts: paragraphs, sentences, quotations, each with its offsets."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from claims.model import Span

#: what stands for a character that no database stores
REPLACEMENT = "\ufffd"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
#: typographic variants of one sign, each as long as what replaces it
_VARIANTS = str.maketrans("’‘‛ʼ`´“”„‟«»‹›–—‒−‐‑\u00a0\u202f\u2009\t", '\'\'\'\'\'\'""""""""------    ')

_MARKS = frozenset('“”„«»"')
OPENING = "“„«‹\"'‘"
CLOSING = "”“»›\"'’"
_PARAGRAPH = re.compile(r"[^\n]+")
_END = re.compile(r"[.!?…]+[\"'”’»›)\]]*(?=\s|$)")
_RUN = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in its text, and which paragraph it stands in (the title is paragraph 0)."""

    span: Span
    paragraph: int


def clean(raw: str) -> str:
    """A text as it is kept: no byte order mark, LF line ends, NUL and lone surrogates replaced one for one."""
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _UNSTORABLE.sub(REPLACEMENT, text)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case with plain quotes, dashes and spaces: as long as `text`, so that offsets hold in both."""
    plain = text.translate(_VARIANTS)
    lower = plain.lower()
    if len(lower) == len(plain):
        return lower
    return "".join(low if len(low := char.lower()) == 1 else char for char in plain)


def key(text: str) -> str:
    """What two spellings of one thing share: NFKC, no invisible characters, folded, single spaces, no accents lost."""
    if text.isascii():  # nearly all words of the tables are
        return " ".join(text.lower().replace("`", "'").split())
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(fold(visible).split())


@lru_cache(maxsize=8)  # each claim of an article asks for the one that holds it
def paragraphs(text: str) -> Sequence[Span]:
    """The lines that hold something."""
    return tuple(_paragraphs(text))


def _paragraphs(text: str) -> Iterator[Span]:
    for match in _PARAGRAPH.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + line.index(stripped[0])
            yield Span(start, start + len(stripped))


@lru_cache(maxsize=8)  # an article is read for its claims, for its story and for what it is looked up by
def sentences(text: str, abbreviations: frozenset[str] = frozenset()) -> Sequence[Sentence]:
    """The sentences of a text. `abbreviations` are folded words with a dot that end no sentence ("dr.", "u.s.")."""
    return tuple(
        Sentence(span, number)
        for number, paragraph in enumerate(paragraphs(text))
        for span in _sentences_of(text, paragraph, abbreviations)
    )


def _sentences_of(text: str, paragraph: Span, abbreviations: frozenset[str]) -> Iterator[Span]:
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        if match.start() < start or not _ends_here(text, match, start, paragraph.end, abbreviations):
            continue
        yield Span(start, match.end())
        start = match.end()
        while start < paragraph.end and text[start].isspace():
            start += 1
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _ends_here(text: str, stop: re.Match[str], start: int, end: int, abbreviations: frozenset[str]) -> bool:
    """Whether a full stop ends its sentence: what follows may begin one, what precedes is no abbreviation."""
    after = stop.end()
    while after < end and text[after].isspace():
        after += 1
    if after >= end:
        return True
    begins = text[after]
    if begins in OPENING + "([-–—•" and after + 1 < end:
        begins = text[after + 1]
    if begins.islower():
        return False
    if stop.group()[0] != "." or len(stop.group().rstrip(CLOSING + ")]")) > 1:
        return True
    head = text.rfind(" ", start, stop.start()) + 1 or start
    word = fold(text[max(head, start) : stop.start() + 1]).lstrip("(\"'[")
    if word in abbreviations:
        return False
    initial = len(word) == 2 and word[0].isalpha() and text[stop.start() - 1].isupper()
    return not initial


#: the marks that close what others than their own kind open: „…“, »…«
_CLOSED_BY = {"„": "“", "»": "«"}


def quotations(text: str, *, torn: bool = False) -> list[Span]:
    """What stands between quotation marks, marks included; an unclosed one reaches to the end of its paragraph.
    `torn`: the text may begin inside a quotation, which its first closing mark then ends."""
    found: list[Span] = []
    for paragraph in paragraphs(text) if not _MARKS.isdisjoint(text) else ():
        opened: int | None = None
        for at in range(paragraph.start, paragraph.end):
            char = text[at]
            if char not in _MARKS:
                continue
            opens = char in "“„«" or (char in '"»' and _may_open(text, at, paragraph))
            if opened is None and opens:
                opened = at
            elif opened is not None and (char in '”»"' or char == _CLOSED_BY.get(text[opened])):
                found.append(Span(opened, at + 1))
                opened = None
            elif torn and not found and char in '”»"':
                found.append(Span(paragraph.start, at + 1))
        if opened is not None:
            found.append(Span(opened, paragraph.end))
    return found


def _may_open(text: str, at: int, paragraph: Span) -> bool:
    """Whether a mark that also closes opens: a word begins right behind it, and none ends right before it."""
    ends_word = at > paragraph.start and text[at - 1].isalnum()
    return not ends_word and at + 1 < paragraph.end and not text[at + 1].isspace()


@lru_cache(maxsize=512)  # a sentence is looked at for its claims and for its story
def words(text: str, elided: frozenset[str] = frozenset()) -> Sequence[Span]:
    """The words of a text, numbers included, in order. `elided` are those that end in an apostrophe before the next
    word: with "l" among them "l'eau" is two words, "aujourd'hui" one."""
    return tuple(Span(*match.span()) for match in _word_pattern(elided).finditer(text))


@cache
def _word_pattern(elided: frozenset[str]) -> re.Pattern[str]:
    if not elided:
        return _WORD
    heads = "|".join(map(re.escape, sorted(elided, key=len, reverse=True)))
    return re.compile(rf"(?<![^\W_])(?:{heads})['’](?=[^\W_])|{_WORD.pattern}", re.IGNORECASE)


@lru_cache(maxsize=64)
def inner(text: str) -> bytes:
    """For each position of a text (its end included) whether it stands inside a run of letters and digits: what begins
    and ends elsewhere is made of whole words."""
    marks = bytearray(len(text) + 1)
    for match in _RUN.finditer(text):
        start, end = match.span()
        marks[start + 1 : end] = b"\x01" * (end - start - 1)
    return bytes(marks)
