"""The words of a question as the claims at hand write them: names typed small, misspellings, words that nobody uses."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from claims.candidate import Candidate
from claims.concepts import is_nothing, meant
from claims.met import BEGINNING, beginning, word_met
from claims.naming import terms_of_word
from claims.question import Question, Word
from claims.roles import Roles, called, joined, roles
from claims.spelling import closest
from claims.story import HEAD, one_story
from claims.terms import content_words

#: letters that a story's names are cut to, and that one has at least
_STORY, _SHORTEST_NAME = 6, 4


def together(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, each with what the other articles of its story are named by, and what they call its speaker: one
    that goes on with a story need not say again where it plays, and who is who."""
    articles = {_article(one): one for one in candidates}
    named_by: dict[str, list[Candidate]] = {}
    for one in articles.values():
        for name in one.claim.story[:HEAD]:
            named_by.setdefault(name, []).append(one)
    told: dict[object, frozenset[str]] = {}
    known = _roles_told(candidates)
    roles_of: dict[object, Roles] = {}
    for mark, one in articles.items():
        near = {id(other): other for name in one.claim.story for other in named_by.get(name, ()) if other is not one}
        others = [other for other in near.values() if one_story(one.claim, other.claim)]
        told[mark] = frozenset[str]().union(*(other.headline for other in others))
        roles_of[mark] = joined(known[_article(each)] for each in (one, *others))
    return [
        replace(one, elsewhere=told[mark], called=called(one.claim.speaker or "", one.claim.language, roles_of[mark]))
        for one, mark in zip(candidates, map(_article, candidates), strict=True)
    ]


def _roles_told(candidates: Sequence[Candidate]) -> Mapping[object, Roles]:
    """What each article calls those whom it names."""
    found: dict[object, list[Roles]] = {}
    for one in candidates:
        told = found.setdefault(_article(one), [roles(one.context, one.claim.language)])
        told.append(roles(one.claim.evidence, one.claim.language))
    return {mark: joined(told) for mark, told in found.items()}


def _article(one: Candidate) -> object:
    return one.claim.story, one.claim.published


def parted(question: Question, candidates: Sequence[Candidate]) -> Question:
    """A question whose phrases that no claim holds are taken word by word: "vaccine coverage" may be told as "doses
    cover 45%"."""
    lost = {one for one in question.words if _is_phrase(one) and not any(each.meets(one.terms) for each in candidates)}
    if not lost:
        return question
    words = (part for one in question.words for part in (_parts(one, question.language) if one in lost else (one,)))
    return replace(question, words=tuple(words))


def _is_phrase(word: Word) -> bool:
    return word.is_concept and " " in word.written and not (word.is_counted or word.is_deed or word.is_body)


def _parts(phrase: Word, language: str) -> Sequence[Word]:
    """The words of a phrase that say something; the phrase itself where fewer than two do."""
    said = [word for word in content_words(phrase.written, language) if not is_nothing(word, language)]
    words = tuple(Word(one, terms_of_word(one, found := meant(one, language)), bool(found)) for one in said)
    return words if len(words) > 1 else (phrase,)


def unheard(question: Question, candidates: Sequence[Candidate]) -> frozenset[str]:
    """The words of a question that no claim holds: what they mean may be said in other words, but nobody says them."""
    words = (word for word in question.words if not (word.is_name or word.is_counted or word.is_deed))
    return frozenset(word.written for word in words if not any(word_met(word, one) > 0 for one in candidates))


def only_beside(question: Question, candidates: Sequence[Candidate]) -> frozenset[str]:
    """The words of a question that stand beside claims only, in none of them: what they say is told of the next one."""
    words = [word for word in question.words if not word.is_name and any(word.terms & one.near for one in candidates)]
    return frozenset(word.written for word in words if not any(word.terms & one.own for one in candidates))


def named(question: Question, candidates: Sequence[Candidate]) -> Question:
    """A question whose words are names where an article is named by them or writes them so: people who chat write no
    capitals."""
    stories = {name for one in candidates for name in one.claim.story if len(name) >= _SHORTEST_NAME}
    written = {name for one in candidates for name in one.names}
    words = (_as_name(word, stories, written) for word in question.words)
    return replace(question, words=tuple(replace(word, rivals=_rivals(word, stories)) for word in words))


def _rivals(word: Word, stories: Set[str]) -> frozenset[str]:
    """What the stories' other names begin with, where a word says whose chamber votes."""
    if not word.is_body:
        return frozenset()
    mine = {beginning(term[2:]) for term in word.terms if term[0] == "w"}
    return frozenset(beginning(name) for name in stories if len(name) >= BEGINNING) - mine


def _as_name(word: Word, stories: Set[str], names: Set[str]) -> Word:
    if word.is_concept or word.is_name or word.is_counted:
        return word
    written = (term[2:] for term in word.terms if term[0] == "w")
    known = word.written in names or any(one[:_STORY] in stories or one in stories for one in written)
    terms = frozenset(term for term in word.terms if term[0] != "i") if known else word.terms  # it was no misspelling
    return replace(word, is_name=known, terms=terms)


def respelled(question: Question, candidates: Sequence[Candidate]) -> Question:
    """A question whose words that no claim holds are also met in those that they may be misspellings of."""
    lost = [one for one in question.words if not (one.is_concept or any(each.meets(one.terms) for each in candidates))]
    if not lost:
        return question
    held = {term[2:] for one in candidates for term in one.own | one.near | one.about if term[0] == "w"}
    found = {one: frozenset(f"w:{word}" for word in closest(one.written, held)) for one in lost}
    words = (replace(one, terms=one.terms | found[one]) if one in found else one for one in question.words)
    return replace(question, words=tuple(words))
