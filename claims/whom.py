"""Whom a claim is about, where it holds and by whose word, against what a question names."""

from functools import cache, lru_cache

from claims.candidate import ABOUT, NEAR, Candidate
from claims.concepts import listed, meanings, speaks_for
from claims.entities import body_kind, country_of, entities, resolve
from claims.gazetteer import place_path
from claims.known_words import is_word
from claims.met import BEGINNING
from claims.model import Claim, Kind
from claims.question import Question
from claims.terms import meaning, stop_words, word_terms
from claims.text import fold, key

#: share of the words of a speaker that a claim's own must hold
_MOST_OF_A_NAME = 0.5
#: what it is worth that somebody only says what another one does
_SAYS_ONLY = 0.3
#: what it is worth that a paper says so which is no speaker: "126 names on the manifest"
_WRITTEN = 0.8
#: what it is worth that those speak who may speak for whom a question names; that these are only mentioned
_SPEAKS_FOR, _MENTIONED = 0.9, 0.5
#: what it is worth that only the parts of a name are met
_IN_PARTS = 0.9


def typed(name: str, question: Question, candidate: Candidate) -> float:
    """Whether a mended name is met as it was typed: it was no misspelling then."""
    terms = question.typed.get(name)
    return candidate.meets(terms) if terms else 0.0


def actor(name: str, question: Question, candidate: Candidate) -> float:
    """Whether the claim is about somebody whom a question names: a country is also met in its bodies, a person or a
    body only in itself."""
    claim = candidate.claim
    body = claim.vote.body if claim.vote else None
    mine = {one for one in (claim.agent, body) if one}
    if claim.kind is Kind.DENIAL and claim.speaker:
        mine.add(claim.speaker)
    if _same(name, mine):
        return 1.0
    says = _same(name, {one for one in (claim.speaker, *claim.via) if one})
    if any(resolve(one) and (one != claim.speaker or claim.kind is Kind.DENIAL) for one in mine):
        if claim.kind in (Kind.QUANTITY, Kind.VOTE) or (claim.kind is Kind.DENIAL and _is_person(name)):
            return 0.6 if not says and name in _named(claim) and name not in claim.place_path else -1.0
        if claim.kind is Kind.DENIAL and name not in _named(claim):
            return -1.0
        if says:
            return _SAYS_ONLY
    met = candidate.meets(frozenset({f"e:{key(name)}"}))
    if (
        claim.quantity
        and met == NEAR
        and country_of(name) == name
        and (last := _last_country(candidate))
        and last not in question.actors
    ):
        return -1.0
    if claim.quantity and met == ABOUT and not {f"e:{key(name)}"} & (candidate.headline | candidate.elsewhere):
        return -1.0  # its article only mentions that one
    return met or _in_parts(name, candidate) or -1.0


def _last_country(candidate: Candidate) -> str | None:
    """The country that was named last before a claim that names none itself: it goes on with that one."""
    claim = candidate.claim
    if any(country_of(one) for one in _named(claim)):
        return None
    before = entities(candidate.before, claim.language)
    return next((found for one in reversed(before) if (found := country_of(one.entity.name))), None)


def _in_parts(name: str, candidate: Candidate) -> float:
    """A country's body is met in its kind and its country, an organisation in a word of its name: "the Senate" where
    the article is about the Philippines, "die Bahn"."""
    entity = resolve(name)
    if entity is None or entity.kind in ("country", "place", "person"):
        return 0.0
    if entity.country and (kind := body_kind(name)):
        country = candidate.meets(frozenset({f"e:{key(entity.country)}", f"p:{key(entity.country)}"}))
        if candidate.claim.vote and candidate.claim.vote.body and not word_terms(kind, "en") & candidate.own:
            return 0.0  # another body votes
        return _IN_PARTS * candidate.meets(word_terms(kind, "en")) if country else 0.0
    return _IN_PARTS * candidate.meets(word_terms(name, "en") | frozenset(f"w:{one}" for one in key(name).split()))


def _named(claim: Claim) -> set[str]:
    found = entities(claim.evidence, claim.language)
    return {name for mention in found for name in (mention.entity.name, mention.place) if name}


def _same(name: str, others: set[str]) -> bool:
    if name in others:
        return True
    is_country = country_of(name) == name
    return is_country and any(country_of(other) == name for other in others)


def _is_person(name: str) -> bool:
    entity = resolve(name)
    return entity is not None and entity.kind == "person"


def place(name: str, candidate: Candidate) -> float:
    claim = candidate.claim
    path = claim.place_path or ((claim.place,) if claim.place else ())
    if name in path:
        return 1.0
    inside = any(name in place_path(other) for other in _named(claim))
    if path and country_of(path[-1]) and not _may_lie_there(name, path, claim):
        return 0.5 if inside and claim.kind is not Kind.QUANTITY else -1.0
    if inside:
        return 0.9
    met = candidate.meets_where if claim.quantity else candidate.meets
    return met(frozenset({f"e:{key(name)}"})) or -1.0


def _may_lie_there(name: str, path: tuple[str, ...], claim: Claim) -> bool:
    """Whether a claim that counts nothing is of a whole country or region in which a place lies: "in Niamey"."""
    return claim.kind is not Kind.QUANTITY and path[0] in place_path(name)


def speaker(question: Question, candidate: Candidate) -> float:
    """Whether it is said by whom the question names; a speaker who is no known name is met in words."""
    name, claim = question.speaker or "", candidate.claim
    if question.speaker_terms:
        return _by_what_they_are(question, candidate)
    if claim.speaker is None:
        return -1.0
    one, other = (country_of(who) or key(who) for who in (name, claim.speaker))
    if one == other or key(name) in key(claim.speaker):
        return 1.0
    return 0.7 if claim.speaker_role and key(name) in key(claim.speaker_role) else -1.0


def _by_what_they_are(question: Question, candidate: Candidate) -> float:
    """The same where a question names the speaker by what they are: "the union", "direktur rumah sakit"."""
    claim, asked = candidate.claim, question.speaker_terms
    if _is_anothers_word(question, candidate):
        return -1.0
    who = " ".join(filter(None, (claim.speaker, claim.speaker_role, *claim.via)))
    said_by = word_terms(who, claim.language) | word_terms(who, "en") | candidate.called
    share = sum(bool(terms & said_by) for terms in asked) / len(asked)
    if share >= _MOST_OF_A_NAME:
        return share
    if any(_spoken_for_by(terms) & said_by for terms in asked):
        return _SPEAKS_FOR
    if not share and any(terms & candidate.own for terms in asked):
        if not claim.speaker:
            return _WRITTEN if claim.quantity else _MENTIONED
        others_word = key(claim.speaker) in key(claim.evidence) or not all(terms & candidate.said for terms in asked)
        return _MENTIONED if others_word else _WRITTEN
    return -1.0


def _is_anothers_word(question: Question, candidate: Candidate) -> bool:
    """Whether those who speak are not those whom a question asks by what they are and a name: the ministry of another
    country. Who speaks by no name is whose the article is of."""
    claim = candidate.claim
    asked = _names_within(question.speaker or "", question.language)
    if not asked or len(asked) >= len(question.speaker_terms):
        return False
    written = [one for one in (claim.speaker, claim.speaker_role) if one]
    if asked & frozenset[str]().union(*(_names_within(one, claim.language) for one in written)):
        return False
    bodies = (one for one in written if word_terms(one, claim.language) & _bodies() or country_of(one))
    if any(_names_within(one, claim.language) for one in bodies):
        return True
    held = candidate.own | candidate.near | candidate.about | candidate.elsewhere
    return not any(term[0] in "wepx" and term[2:].startswith(name) for name in asked for term in held)


@lru_cache(maxsize=1 << 12)
def _names_within(who: str, language: str) -> frozenset[str]:
    """What the names begin with that tell one speaker from another, in any language: "Ostavia's ministry"."""
    known = {key(found) for one in entities(who, language, lower=True) if (found := country_of(one.entity.name))}
    said = ((fold(one.span.of(who)).removesuffix("'s"), one.concepts) for one in meanings(who, language))
    names = {word for word, concepts in said if not (concepts or is_word(word, language))}
    return frozenset(one[:BEGINNING] for one in known or names - stop_words(language) if len(one) >= BEGINNING)


@cache
def _bodies() -> frozenset[str]:
    """The terms of those who may be one country's, town's or firm's, or another's."""
    return meaning(listed("speakers"))


@lru_cache(maxsize=1 << 10)
def _spoken_for_by(terms: frozenset[str]) -> frozenset[str]:
    """The terms of those who speak for somebody: a management for its company, a minister for the government."""
    return meaning(name for term in terms if term[0] == "i" for name in speaks_for(term[2:]))
