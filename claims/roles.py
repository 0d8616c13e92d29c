"""What articles call those who speak: "the airline *Aeroveda*", "Giulia Ferrante, who heads the *cooperative*".

A question asks by whose word with what somebody is, an article's later sentences only with the name.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from claims.concepts import listed, suggested
from claims.lexicon import lexicon, supported
from claims.model import Span
from claims.terms import meaning
from claims.text import fold, words

#: words behind a name and its comma that may tell what somebody is
_APPOSITION = 8
#: words of a name; characters behind what somebody is within which it begins
_LONGEST_NAME, _NEAR = 4, 80
#: signs that end what is told behind a comma
_STOPS = '.;:"”'
#: letters that a part of a name has at least
_SHORTEST = 3

_NONE: frozenset[str] = frozenset()
#: folded parts of names → the terms of what they are called
Roles = Mapping[str, frozenset[str]]


@lru_cache(maxsize=4096)
def roles(text: str, language: str) -> Roles:
    """What a text calls those whom it names."""
    speakers, bearers = listed("speakers"), meaning(listed("bearers"))
    owner_behind = language in supported() and bool(lexicon(language).settings.get("owner_behind"))
    told = [(span, meaning(names & speakers)) for span, names in suggested(text, language) if names & speakers]
    found: dict[str, frozenset[str]] = {}
    behind = _NONE
    for at, (span, terms) in enumerate(told):
        goes_on = at > 0 and span.start - told[at - 1][0].end == 1  # "union president"
        behind = behind | terms if goes_on else terms
        named = list(_name_behind(text, span, is_whose=owner_behind and not terms & bearers))
        for part in named or _name_before(text, span):
            found[part] = found.get(part, _NONE) | (behind if named else terms)
    return found


def _name_behind(text: str, role: Span, *, is_whose: bool) -> Iterator[str]:
    """The parts of a name right behind what somebody is: "ketuanya, Hugo Danner", "the opposition leader Ana Ruiz".
    With no comma between, it may be whose they are: Kestrovia's army is "tentara Kestrovia"."""
    end, joint = role.end, [","] if is_whose else ["", ","]
    for span in words(text[role.end : role.end + _NEAR]):
        part = Span(role.end + span.start, role.end + span.end)
        if text[end : part.start].strip() not in joint:
            return
        if part.of(text)[0].isupper():
            joint = [""]
            yield from _long_enough(part.of(text))
        elif end > role.end or joint == [""]:
            return  # one word may stand between, "their lawyer", "pengacara mereka"
        end = part.end


def _name_before(text: str, role: Span) -> Iterator[str]:
    """The parts of a name before a comma and what somebody is: "Elle Magga, who speaks for the herders"."""
    comma = text.rfind(",", 0, role.start)
    between = text[comma + 1 : role.start]
    inside = [span.of(between) for span in words(between)]
    apart = any(sign in between for sign in _STOPS) or any(word[0].isupper() for word in inside)
    if comma < 0 or apart or len(inside) > _APPOSITION:
        return
    end = comma
    for span in reversed(words(text[:comma])[-_LONGEST_NAME:]):
        if not span.of(text)[0].isupper() or text[span.end : end].strip():
            return
        end = span.start
        yield from _long_enough(span.of(text))


def _long_enough(part: str) -> Iterator[str]:
    if len(part) >= _SHORTEST:
        yield fold(part).removesuffix("'s")


def joined(told: Iterable[Roles]) -> Roles:
    """All that several texts call those whom they name."""
    found: dict[str, frozenset[str]] = {}
    for one in filter(None, told):
        for part, terms in one.items():
            found[part] = found.get(part, _NONE) | terms
    return found


def called(name: str, language: str, told: Roles) -> frozenset[str]:
    """What somebody is called whose name, or the last part of it, has been told; nothing more than the name says where
    that tells it itself: "Ostavia's secret service" is no ministry of Ostavia's."""
    parts = [fold(span.of(name)) for span in words(name) if span.of(name)[0].isupper()]
    found = told.get(parts[-1]) if parts else None
    return found if found and not any(names & listed("speakers") for _, names in suggested(name, language)) else _NONE
