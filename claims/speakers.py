"""From a noun phrase to the one who speaks: "Foreign Minister Lee Do-hyun", "polisi", "she", "the ministry"."""

from functools import lru_cache

from claims.annotate import Annotated, strip
from claims.entities import body_in, country_of
from claims.gazetteer import Entity
from claims.lexicon import Cue, lexicon
from claims.measures import measure
from claims.memory import Memory, Speaker
from claims.model import Span
from claims.phrases import in_title, names_person
from claims.text import fold

#: kinds of bodies of which there are many, each with a name of its own
_NAMED_BODIES = frozenset({"hospital", "company", "university", "ngo", "union", "court", "party"})
#: kinds of bodies whose names rarely tell what they are
_ANY_NAME = frozenset({"company", "agency", "ngo", "union", "media", "regulator", "airline", "operator", "group"})
#: longer phrases are clauses that were cut wrongly, not names
LONGEST_PHRASE = 14
#: words
_LONGEST_NAME = 4
#: letters; more of them, all large, are an acronym
_INITIALS = 2


def speaker_in(sentence: Annotated, phrase: Span, memory: Memory) -> Speaker | None:
    """The speaker that a noun phrase names, None where it names nobody."""
    phrase = _trimmed(sentence, phrase)
    inside = sentence.words_in(phrase)
    if not inside or len(inside) > LONGEST_PHRASE:
        return None
    if any(cue.span.holds(phrase) and cue.get("first_person") for cue in sentence.of("pronoun")):
        return None
    pronoun = _pronoun(sentence, phrase, memory)
    if pronoun:
        return pronoun
    phrase = _without_paper(sentence, phrase)
    person = _person(sentence, phrase, memory)
    if person:
        return person
    head = _head(sentence, phrase)
    return (
        _known(sentence, head)
        or _possessed(sentence, head)
        or _in_short(sentence, head, memory)
        or _as_written(sentence, head)
    )


def _in_short(sentence: Annotated, phrase: Span, memory: Memory) -> Speaker | None:
    """Whom a bare noun stands for ("Bupati", "Kementerian") where the article calls only one so by a longer name."""
    inside = [word for word in sentence.words_in(phrase) if not sentence.is_function(word)]
    if len(inside) != 1 or inside[0].of(sentence.text).isupper():
        return None
    noun = inside[0].of(sentence.folded)
    if any(cue.span == inside[0] for cue in sentence.of("title")):
        return _titled(noun, memory)
    if not any(cue.span == inside[0] for cue in sentence.of("body")):
        return None
    longer = {one.name for one, _ in memory.heard if not one.person and noun in fold(one.name).split()}
    longer = {name for name in longer if fold(name) != noun}
    return Speaker(longer.pop()) if len(longer) == 1 else None


def _titled(noun: str, memory: Memory) -> Speaker | None:
    """The only person of an article who has a title."""
    people = {name for title, names in memory.titled.items() if noun in title.split() for name in names}
    return Speaker(people.pop(), noun, person=True) if len(people) == 1 else None


def subject_in(sentence: Annotated, phrase: Span, memory: Memory) -> Speaker | None:
    """The person or the body that a sentence is about, where its subject names one."""
    body = is_body(sentence, phrase)
    named = speaker_in(sentence, phrase, memory) if body or may_be_person(sentence, phrase, memory) else None
    return named if named and named.resolved and (named.person or body) else None


def may_be_person(sentence: Annotated, phrase: Span, memory: Memory) -> bool:
    """Whether it is worth asking which person a phrase names: two words of a name, one behind a title, one known."""
    capitals = [word for word in sentence.words_in(phrase) if sentence.is_capital(word)]
    if len(capitals) != 1:
        return len(capitals) > 1
    known = capitals[0].of(sentence.text).casefold() in memory.people
    named = any(phrase.holds(one.span) and one.entity.kind == "person" for one in sentence.names)
    return known or named or bool(sentence.of("title", phrase))


def is_body(sentence: Annotated, phrase: Span) -> bool:
    """Whether a phrase names a body or an organisation."""
    known = any(phrase.holds(one.span) and one.entity.kind in ("body", "organisation") for one in sentence.names)
    return known or bool(sentence.of("body", phrase))


def people_named(sentence: Annotated, within: Span, memory: Memory) -> list[str]:
    """The people that a span names whose full names the article or the lists have, each once, the last one last."""
    found = [(one.span.start, one.entity.name) for one in sentence.names if one.entity.kind == "person"]
    for word in sentence.words_in(within):
        known = memory.people.get(word.of(sentence.text).casefold())
        if known and sentence.is_capital(word) and not any(one.span.overlaps(word) for one in sentence.names):
            found.append((word.start, known))
    return list(dict.fromkeys(name for start, name in sorted(found) if within.start <= start < within.end))


def _without_paper(sentence: Annotated, phrase: Span) -> Span:
    """Whose data, survey or letter it is that says something: "figures from X", "hasil survei X", "X's figures"."""
    for cue in sentence.of("paper", phrase):
        before, after = Span(phrase.start, cue.span.start), Span(cue.span.end, phrase.end)
        owner = after if any(map(sentence.is_capital, sentence.words_in(after))) else None
        if owner is None and any(map(sentence.is_capital, sentence.words_in(before))):
            owner = Span(before.start, before.start + len(before.of(sentence.folded).rstrip().removesuffix("'s")))
        if owner:
            return _trimmed(sentence, owner)
    return phrase


def _head(sentence: Annotated, phrase: Span) -> Span:
    """A phrase without what a preposition adds to it: "villagers near the pass", "the ministry in the same capital"."""
    for at, word in enumerate(sentence.words_in(phrase)):
        links = sentence.is_one(word, "link") or sentence.is_one(word, "determiner") or sentence.is_one(word, "pronoun")
        links = links or in_title(sentence, word) or _in_mention(sentence, word)
        if at and sentence.is_function(word) and not links:
            return strip(sentence.text, Span(phrase.start, word.start))
    return phrase


def _in_mention(sentence: Annotated, word: Span) -> bool:
    return any(mention.span.holds(word) for mention in sentence.names)


def _possessed(sentence: Annotated, phrase: Span) -> Speaker | None:
    """ "its military": the body of the country named last before it."""
    inside = sentence.words_in(phrase)
    bodies = sentence.of("body", phrase)
    if not bodies or not sentence.is_one(inside[0], "possessive"):
        return None
    named = (one for one in reversed(sentence.names) if one.span.end <= phrase.start and country_of(one.entity.name))
    country = next((country_of(one.entity.name) for one in named), None)
    body = body_in(country, bodies[0].span.of(sentence.text), sentence.language) if country else None
    return Speaker(body) if body else None


def _trimmed(sentence: Annotated, phrase: Span) -> Span:
    """Without dates, linking words and punctuation at either end."""
    start, end = phrase.start, phrase.end
    changed = True
    while changed and start < end:
        changed = False
        span = strip(sentence.text, Span(start, end))
        start, end = span.start, span.end
        for mention in sentence.dates:
            if mention.span.start <= start < mention.span.end <= end:
                start, changed = mention.span.end, True
            elif start <= mention.span.start < end <= mention.span.end + 1:
                end, changed = mention.span.start, True
        inside = sentence.words_in(Span(start, end))
        if inside and sentence.is_function(inside[0]) and not _stays_first(sentence, inside[0], Span(start, end)):
            start, changed = inside[0].end, True
        elif len(inside) > 1 and _ends_loosely(sentence, inside[-1], Span(start, end)):
            end, changed = inside[-1].start, True
    return strip(sentence.text, Span(start, end))


def _stays_first(sentence: Annotated, word: Span, phrase: Span) -> bool:
    """Whether a small word at the head of a phrase tells whose it is, or is the whole of it."""
    return _is_pronoun(sentence, word, phrase) or sentence.is_one(word, "possessive")


def _ends_loosely(sentence: Annotated, word: Span, phrase: Span) -> bool:
    """Whether a word at the end of a phrase is no part of the name: a small word, or a verb behind it ("BTB naik")."""
    if sentence.is_capital(word) or _is_pronoun(sentence, word, phrase):
        return False
    verb = any(cue.span.start == word.start for cue in sentence.of("measure_verb"))
    return sentence.is_function(word) or (verb and sentence.is_capital(sentence.words_in(phrase)[0]))


def _is_pronoun(sentence: Annotated, word: Span, phrase: Span) -> bool:
    """Whether a word stands for somebody, alone or as the article of "the ministry" where that is all of the phrase."""
    return any(cue.span in (word, phrase) for cue in sentence.of("pronoun") if cue.span.holds(word))


def _pronoun(sentence: Annotated, phrase: Span, memory: Memory) -> Speaker | None:
    """A pronoun or "the ministry" resolved to who spoke before; one that is not is said to be so, but for a noun that
    names a body well enough for its article: "the company"."""
    for cue in sentence.of("pronoun"):
        if cue.span.holds(phrase):
            return _meant(sentence, cue, memory) or _body_as_called(sentence, cue) or _unknown(sentence, cue)
    return None


def _unknown(sentence: Annotated, cue: Cue) -> Speaker:
    """Somebody of whom no more is known than an office, or nothing at all: "the minister", "she"."""
    return Speaker(cue.span.of(sentence.text) if _nouns(sentence, cue) else "", resolved=False)


def _body_as_called(sentence: Annotated, cue: Cue) -> Speaker | None:
    """A body under the noun that it is called by, without its article."""
    nouns = _nouns(sentence, cue)
    if cue.get("refers") != "body" or not nouns or not _kinds(sentence, nouns[0].of(sentence.folded)):
        return None
    return Speaker(Span(nouns[0].start, nouns[-1].end).of(sentence.text))


def _nouns(sentence: Annotated, cue: Cue) -> list[Span]:
    """The words of "the ministry" that are no articles; none where it is a single word, such as "it"."""
    inside = sentence.words_in(cue.span)
    return [word for word in inside if not sentence.is_function(word)] if len(inside) > 1 else []


def _meant(sentence: Annotated, cue: Cue, memory: Memory) -> Speaker | None:
    """Whom a pronoun stands for; "the ministry" for the last body that was called a ministry, else for the last one of
    its kind, else, where it may be anybody's name, for the last one whose name does not tell its kind."""
    nouns = _nouns(sentence, cue)
    if not nouns:
        if cue.get("refers") == "pair":
            return None
        known = memory.last_person if cue.get("refers") == "person" else memory.last_body
        known = known or (None if cue.get("number") == "plural" else memory.last)
        return None if known and _is_named(sentence, known) else known
    noun = (nouns[0] if sentence.lexicon.settings.get("noun_first") else nouns[-1]).of(sentence.folded)
    called = next((speaker for speaker, written in reversed(memory.heard) if noun in written), None)
    if called or cue.get("refers") != "body":
        return called or _titled(noun, memory)
    kinds = _kinds(sentence, noun)
    bodies = [(one, _kinds(sentence, written)) for one, written in reversed(memory.heard) if not one.person]
    same = next((one for one, theirs in bodies if kinds & theirs), None)
    if same or not kinds & _ANY_NAME:
        return same
    named = (one for one, theirs in bodies[:1] if not theirs and one.name[0].isupper())
    return next((one for one in named if country_of(one.name) != one.name), None)


def _kinds(sentence: Annotated, written: str) -> frozenset[str]:
    """The kinds of bodies that folded words name."""
    return _kinds_of(written, sentence.language)


@lru_cache(maxsize=1 << 12)
def _kinds_of(written: str, language: str) -> frozenset[str]:
    cues = lexicon(language).cues_by_section(written)
    return frozenset(str(cue.get("kind")) for cue in cues.get("body", ()))


def _is_named(sentence: Annotated, speaker: Speaker) -> bool:
    """Whether a sentence names somebody who then cannot be its "he": "he said after his talks with Yoon"."""
    if any(mention.entity.name == speaker.name for mention in sentence.names):
        return True
    last = fold(speaker.name.split()[-1])
    return speaker.person and any(word.of(sentence.folded) == last for word in sentence.words)


def _person(sentence: Annotated, phrase: Span, memory: Memory) -> Speaker | None:
    """A known person, one met before in the article, or the capitalised words after a title."""
    for mention in sentence.names:
        if phrase.holds(mention.span) and mention.entity.kind == "person":
            return Speaker(mention.entity.name, _role(sentence, phrase, mention.span.start), person=True)
    name = _trailing_name(sentence, phrase)
    if name is None:
        return None
    name = _without_place(sentence, phrase, name, memory)
    written = name.of(sentence.text)
    role = _role(sentence, phrase, name.start)
    full = memory.people.get(written.split()[-1].casefold())
    if full and set(written.casefold().split()) <= set(full.casefold().split()):
        return Speaker(full, role, person=True)
    one_word = len(written.split()) == 1
    if (one_word and not _has_title(sentence, phrase, name.start)) or not _looks_like_person(sentence, phrase, name):
        return None
    return Speaker(written, role, person=True)


def _without_place(sentence: Annotated, phrase: Span, name: Span, memory: Memory) -> Span:
    """ "Bupati Luwu Basmin Mattayang": a name without the place that the office is of, where the article has that."""
    parts = sentence.words_in(name)
    titles = [cue for cue in sentence.of("title", phrase) if cue.span.end + 1 == name.start]
    least = 2 if any(cue.get("of_place") for cue in titles) else 3
    if titles and len(parts) >= least and parts[0].of(sentence.folded) in memory.places:
        return Span(parts[1].start, name.end)
    return name


def introduce(sentence: Annotated, memory: Memory) -> None:
    """Remember the full names that stand behind titles, since other sentences shorten them, and the names that places
    have: "di Luwu", "the town of Bambari"."""
    leads = [*sentence.of("place_noun"), *sentence.of("locative")]
    if sentence.lexicon.settings.get("noun_first"):  # "parlemen Peru", "tentara Peru"
        leads += [*sentence.of("chamber"), *(cue for cue in sentence.of("unit") if _is_people(cue))]
    for cue in leads:
        word = sentence.word_from(cue.span.end + 1)
        if word and word.start == cue.span.end + 1 and sentence.is_capital(word):
            memory.places.add(word.of(sentence.folded))
    for cue in sentence.of("title"):
        end = cue.span.end
        for word in [word for word in sentence.words if word.start > cue.span.end][:_LONGEST_NAME]:
            if word.start != end + 1 or not sentence.is_capital(word):
                break
            end = word.end
        name = _trailing_name(sentence, Span(cue.span.start, end))
        if name and len(sentence.words_in(name)) > 1:
            known = _without_place(sentence, Span(cue.span.start, end), name, memory)
            memory.know(known.of(sentence.text))
            memory.titled.setdefault(sentence.folded[cue.span.start : known.start], set()).add(known.of(sentence.text))


def _trailing_name(sentence: Annotated, phrase: Span) -> Span | None:
    """The run of capitalised words that ends a phrase and that is no title, body, country or place."""
    taken = [cue.span for section in ("title", "body", "chamber") for cue in sentence.of(section)]
    others = [one for one in sentence.names if one.entity.kind != "person"]
    taken += [one.span for one in others if not names_person(sentence, one, phrase)]
    run: list[Span] = []
    inside = sentence.words_in(phrase)
    particles = sentence.lexicon.settings.get("particles") or ()
    for at, word in reversed(list(enumerate(inside))):
        if run and at and sentence.folded[word.start : word.end] in particles:
            if not sentence.is_capital(inside[at - 1]) or any(span.overlaps(inside[at - 1]) for span in taken):
                return None  # the mayor of somewhere, the head of something
            run.append(word)
            continue
        if not sentence.is_capital(word) or any(span.overlaps(word) for span in taken):
            break
        if run and len(written := word.of(sentence.text)) > _INITIALS and written.isupper():
            break  # an acronym: whose chief it is
        if run and "&" in sentence.text[word.end : run[-1].start]:
            return None  # a firm
        if run and sentence.text[word.end : run[-1].start].strip():
            break  # a comma or a bracket: what stands before it is another name
        run.append(word)
    run = run[:2] if len(run) > 3 and _has_title(sentence, phrase, run[-1].start) else run
    if not run or len(run) > 4 or _belongs_to_body(sentence, phrase, run[-1].start):
        return None
    if any(cue.span.end == run[-1].start - 1 for cue in sentence.of("locative")):
        return None  # where they are, not who they are
    return Span(run[-1].start, run[0].end)


def _belongs_to_body(sentence: Annotated, phrase: Span, start: int) -> bool:
    """Whether a name is that of the body before it ("Rumah Sakit Harapan"), not of somebody with an office in it
    ("Ketua DPR Mahesa Wirawan")."""
    titles = [cue.span for cue in sentence.of("title", phrase)]
    before = [cue for cue in sentence.of("body") if cue.span.end == start - 1]
    before = [cue for cue in before if not _is_of_title(sentence, cue, titles)]
    titled = any(phrase.start <= cue.span.start < body.span.start for body in before for cue in sentence.of("title"))
    return any(not titled or cue.get("kind") in _NAMED_BODIES for cue in before)


def _is_of_title(sentence: Annotated, body: Cue, titles: list[Span]) -> bool:
    """Whether a body only tells what somebody leads ("pemimpin oposisi") and has no name of its own behind it."""
    plain = body.get("kind") == "party" or sentence.text[body.span.start].islower()
    acronym = body.span.of(sentence.text).isupper() and body.get("kind") not in _NAMED_BODIES  # "BNPB Abdul Muhari"
    return acronym or (plain and any(title.holds(body.span) for title in titles))


def _looks_like_person(sentence: Annotated, phrase: Span, name: Span) -> bool:
    written = name.of(sentence.text)
    if any(part.isupper() and len(part) > 1 for part in written.replace("-", " ").split()):
        return False
    return 2 <= len(written.split()) <= 4 or _has_title(sentence, phrase, name.start)


def _has_title(sentence: Annotated, phrase: Span, before: int) -> bool:
    return any(phrase.start <= cue.span.start < before for cue in sentence.of("title"))


def _role(sentence: Annotated, phrase: Span, before: int) -> str | None:
    role = strip(sentence.text, Span(phrase.start, max(phrase.start, before))).of(sentence.text)
    head, _, degree = role.rpartition(", ")
    return (head if f"{fold(degree)}." in sentence.lexicon.abbreviations else role) or None


def _known(sentence: Annotated, phrase: Span) -> Speaker | None:
    """A known body, or the country whose officials speak."""
    inside = [mention for mention in sentence.names if phrase.holds(mention.span)]
    for mention in inside:
        if mention.entity.kind in ("body", "organisation"):
            return Speaker(mention.entity.name, _other_words(sentence, phrase, mention.span))
    for mention in inside:
        if mention.entity.kind == "country" and _only_officials(sentence, phrase, mention.span):
            return Speaker(mention.entity.name, _other_words(sentence, phrase, mention.span))
    return None


def _only_officials(sentence: Annotated, phrase: Span, country: Span) -> bool:
    """Whether a phrase names no one but a country, its government or its officials in general."""
    general = [cue.span for cue in sentence.of("title", phrase)]
    for word in sentence.words_in(phrase):
        if country.holds(word) or sentence.is_function(word) or any(span.holds(word) for span in general):
            continue
        if any(mention.span.holds(word) for mention in sentence.names):
            continue
        return False
    return True


def _other_words(sentence: Annotated, phrase: Span, taken: Span) -> str | None:
    before = strip(sentence.text, Span(phrase.start, taken.start)).of(sentence.text)
    after = strip(sentence.text, Span(taken.end, phrase.end)).of(sentence.text)
    return " ".join(part for part in (before, after) if part) or None


def _as_written(sentence: Annotated, phrase: Span) -> Speaker | None:
    """Somebody whom no list knows: a name, or a noun for people, bodies or papers that can speak."""
    phrase = _trimmed(sentence, phrase)
    inside = [word for word in sentence.words_in(phrase) if not sentence.is_function(word)]
    if not inside:
        return None
    speaks = any(sentence.of(section, phrase) for section in ("title", "body", "chamber", "pronoun"))
    counts = (one for one in sentence.numbers if one.kind == "count" and one.low != 1)  # "a nurse", "seorang perawat"
    counted = any(number.span.overlaps(phrase) for number in counts)
    speaks = speaks or (not counted and any(_can_speak(sentence, word) for word in inside))
    one = next((number for number in sentence.numbers if number.span.start == phrase.start and number.low == 1), None)
    bare = strip(sentence.text, Span(one.span.end, phrase.end)) if one else phrase  # "seorang perawat"
    bare = _named_behind(sentence, bare)
    return (
        Speaker(bare.of(sentence.text), person=_is_office(sentence, bare)) if speaks and bare.start < bare.end else None
    )


def _named_behind(sentence: Annotated, phrase: Span) -> Span:
    """The name that a body's kind is told before: the "Voltana" of "the grid operator, Voltana"."""
    comma = sentence.text.rfind(",", phrase.start, phrase.end)
    name = sentence.words_in(Span(comma + 1, phrase.end)) if comma >= 0 else []
    role = sentence.words_in(Span(phrase.start, comma)) if comma >= 0 else []
    named = bool(name) and all(map(sentence.is_capital, name)) and not any(map(sentence.is_capital, role[1:]))
    return Span(name[0].start, name[-1].end) if named else phrase


def _is_office(sentence: Annotated, phrase: Span) -> bool:
    """Whether a phrase is a title of one person without a name: "Gubernur", "the governor of the province"."""
    inside = [word for word in sentence.words_in(phrase) if not sentence.is_function(word)]
    title = next((cue.span for cue in sentence.of("title") if inside and cue.span.holds(inside[0])), None)
    plain = title is not None and not title.of(sentence.folded).endswith("s")
    return plain and not any(sentence.is_capital(word) for word in inside[1:])


def has_voice(sentence: Annotated, phrase: Span) -> bool:
    """Whether a phrase names somebody by more than the capital that a sentence begins with."""
    if any(sentence.of(section, phrase) for section in ("title", "body", "chamber", "pronoun")):
        return True
    if any(phrase.holds(mention.span) for mention in sentence.names):
        return True
    inside = [word for word in sentence.words_in(phrase) if not sentence.is_function(word)]
    return any(_can_speak(sentence, word) for word in inside if word.start > 0 or not sentence.is_capital(word))


def _can_speak(sentence: Annotated, word: Span) -> bool:
    """Whether a word names somebody: a capital inside the sentence, a noun of people, or a form of one."""
    written = sentence.folded[word.start : word.end]
    if sentence.is_capital(word):
        return True
    if any(cue.span.end == word.end and _is_people(cue) for cue in sentence.of("unit")):
        return True
    return any(
        written in entry.forms
        or any(written.endswith(end) for end in entry.get("suffixes") or ())
        or any(written.startswith(start) for start in entry.get("prefixes") or ())
        for entry in sentence.lexicon.entries("agent")
    )


def _is_people(cue: Cue) -> bool:
    return measure(str(cue.get("measure"))).unit_class == "people"


def entity_of(sentence: Annotated, phrase: Span) -> Entity | None:
    """The first known entity in a phrase."""
    return next((mention.entity for mention in sentence.names if phrase.holds(mention.span)), None)
