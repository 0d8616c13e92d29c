"""Noun phrases beside a verb: who stands before it, who follows it, and whether it is a verb there at all.

No grammar of a language is written here. The sections `light` (auxiliaries and adverbs between a subject and its verb),
`relative`, `determiner`, `function`, `link`, `passive_aux`, `article` and `no_subject` of its lexicon, and the settings
`verb_second` and `nouns_capitalised`, tell what may stand where.
"""

from collections.abc import Iterator, Sequence

from claims.annotate import Annotated, strip
from claims.entities import Mention
from claims.lexicon import Cue
from claims.model import Span
from claims.numbers import Number

#: dates and asides apart, so many words may stand between a subject and its verb
_MOST_LIGHT = 4
#: words
_LONGEST_NAME = 4
_NO_SUBJECTS = ("locative", "circumstance", "no_subject")
_VERBS = ("say", "deny", "vote", "agree", "measure_verb")


def phrase_before(sentence: Annotated, verb: int) -> Span | None:
    """The noun phrase whose verb begins at `verb`: light words, an apposition and a relative clause between the two
    left out; of two verbs joined by "and" the second one has the first one's. None where there is none."""
    end = _over_light(sentence, verb)
    if sentence.text[:end].rstrip().endswith(","):
        return _before_aside(sentence, len(sentence.text[:end].rstrip()) - 1)
    start = _start(sentence, end)
    thats = [cue.span for cue in sentence.of("that")]
    clauses = (cue.span for cue in sentence.of("relative") if cue.span.end == start)
    clause = next((span for span in clauses if span not in thats), None)
    if clause and _begins_with_verb(sentence, Span(start, end)):
        return _antecedent(sentence, clause.start)
    if inside := sentence.words_in(Span(start, end)):
        alone = any(cue.span == inside[-1] for cue in sentence.of("pronoun"))
        return inside[-1] if alone else Span(start, end)  # "told the Courier they had counted"
    relative = _ending(sentence, "relative", end)
    if relative is not None:
        return _antecedent(sentence, relative)
    joint = _ending(sentence, "boundary", end)
    return _first_phrase(sentence, joint) if joint is not None else None


def _begins_with_verb(sentence: Annotated, span: Span) -> bool:
    """Whether a relative clause has no subject but the relative pronoun: "which is run by X", "yang dikelola X"."""
    inside = sentence.words_in(span)
    if not inside:
        return False
    prefixes = tuple(sentence.lexicon.settings.get("verb_prefixes") or ())
    verbs = (cue.span.start for name in (*_VERBS, "passive_aux") for cue in sentence.of(name))
    shaped = bool(prefixes) and sentence.text.startswith(prefixes, inside[0].start) and len(inside) > 1
    return shaped or inside[0].start in set(verbs)


def _over_light(sentence: Annotated, at: int) -> int:
    """The end of what stands before `at` when light words, dates and asides are left out."""
    end = at
    for _ in range(_MOST_LIGHT):
        before = len(sentence.text[:end].rstrip())
        aside = next((one.start for one in sentence.asides if one.end == before), None)
        dated = next((one.span.start for one in sentence.dates if one.span.end == before), None)
        light = None if _is_pair(sentence, before) else _ending(sentence, "light", before)
        found = next((one for one in (aside, dated, light) if one is not None), None)
        if found is None:
            return end
        end = found
    return end


def _is_pair(sentence: Annotated, end: int) -> bool:
    """Whether a word such as "both" is the whole subject of what follows it: "Both denied …"."""
    pairs = (cue.span for cue in sentence.of("pronoun") if cue.get("refers") == "pair")
    return any(span.end == end and sentence.begins_clause(span) for span in pairs)


def _ending(sentence: Annotated, section: str, end: int) -> int | None:
    """Where the cue of a section begins that stands right before a position."""
    before = len(sentence.text[:end].rstrip())
    return min((cue.span.start for cue in sentence.of(section) if cue.span.end == before), default=None)


def _start(sentence: Annotated, end: int) -> int:
    """The start of the phrase that ends at `end`: after the last stop or word that begins a clause."""
    sections = ("that", "boundary", "relative")
    cuts = [cue.span.end for section in sections for cue in sentence.of(section) if cue.span.end <= end]
    cuts += [cue.span.end for cue in sentence.of("say") if cue.span.end < end and _says_clause(sentence, cue)]
    return max([sentence.left_stop(end), *(cut for cut in cuts if not _in_name(sentence, cut, end))])


def _says_clause(sentence: Annotated, cue: Cue) -> bool:
    """Whether a verb of saying leads to a clause without a "that": "the minister said the governor told him"."""
    return cue.get("order") == "verb" and cue.get("kind") == "neutral" and not is_noun(sentence, cue)


def _in_name(sentence: Annotated, cut: int, end: int) -> bool:
    """Whether a joining word stands inside a known name: "Ministry of Trade and Industry"."""
    return any(mention.span.start < cut < mention.span.end <= end for mention in sentence.names)


def _before_aside(sentence: Annotated, comma: int) -> Span | None:
    """The phrase before ", … ," – or the person between the commas, where the phrase only tells the role."""
    opening = sentence.left_stop(comma) - 1
    if opening < 0 or not sentence.words_in(Span(opening + 1, comma)):
        return None
    aside = strip(sentence.text, Span(opening + 1, comma))
    head = strip(sentence.text, Span(_start(sentence, opening), opening))
    if sentence.text[opening] != "," or not sentence.words_in(head):
        return aside if has_person(sentence, aside) else None
    return Span(head.start, aside.end) if is_named_by(sentence, head, aside) else head


def has_aside(sentence: Annotated, verb: int) -> bool:
    """Whether what stands between commas before a verb says who its subject is: "…, who runs the port, told …"."""
    comma = len(sentence.text[:verb].rstrip()) - 1
    opening = sentence.left_stop(comma) - 1
    if comma < 0 or sentence.text[comma] != "," or opening < 0 or sentence.text[opening] != ",":
        return False
    aside = strip(sentence.text, Span(opening + 1, comma))
    head = strip(sentence.text, Span(_start(sentence, opening), opening))
    inside = sentence.words_in(aside)
    if not inside or not sentence.words_in(head):
        return False
    named = sum(map(sentence.is_capital, inside)) * 2 >= len(inside)
    return sentence.is_one(inside[0], "relative") or named or has_person(sentence, head)


def is_named_by(sentence: Annotated, role: Span, name: Span) -> bool:
    """Whether a name behind a comma is that of the role before it: "the head of the agency, Budi Santoso"."""
    plain = _without_degree(sentence, name)
    if plain != name:
        return has_person(sentence, plain)  # only people have degrees
    inside = sentence.words_in(name)
    if _is_proper(sentence, name):
        plain_role = not any(map(sentence.is_capital, sentence.words_in(role)[1:]))
        of_place = any(cue.get("of_place") and cue.span.start == role.start for cue in sentence.of("title", role))
        if plain_role or len(inside) == 1:
            return plain_role or of_place
    if not has_person(sentence, name):
        return False
    of_body = sentence.of("title", role) and (sentence.of("body", role) or sentence.of("chamber", role))
    return bool(of_body) or _is_title_first(sentence, role) or not has_person(sentence, role)


def _is_proper(sentence: Annotated, name: Span) -> bool:
    """Whether a few words with capitals, that are no known place, may be the name of somebody or of a body."""
    inside = sentence.words_in(name)
    places = [one.span for one in sentence.names if one.entity.kind in ("place", "country")]
    return 0 < len(inside) <= _LONGEST_NAME and all(map(sentence.is_capital, inside)) and name not in places


def _is_title_first(sentence: Annotated, role: Span) -> bool:
    """Whether a phrase is somebody's office in what it names: "seorang pengamat Liga Lusiad"."""
    titles = [cue.span for cue in sentence.of("title", role)]
    before = sentence.words_in(Span(role.start, titles[0].start)) if titles else []
    return bool(titles) and sentence.text[titles[0].start].islower() and len(before) <= 1


def _without_degree(sentence: Annotated, name: Span) -> Span:
    """A name without the degrees before it that are written small: "dr. Yusman Faisal"."""
    for word in sentence.words_in(name):
        shortened = sentence.folded[word.start : word.end + 1] in sentence.lexicon.abbreviations
        if sentence.is_capital(word) or not shortened:
            return Span(word.start, name.end)
    return name


def opening_phrase(sentence: Annotated, span: Span) -> Span | None:
    """The noun phrase that a clause begins with, up to its first verb, auxiliary or preposition, or to what follows a
    name of several words."""
    verbs = {cue.span.start for name in (*_VERBS, "light", "passive_aux", "modality") for cue in sentence.of(name)}
    inside = sentence.words_in(span)
    for at, word in enumerate(inside):
        begins = word.start in verbs and (at or not sentence.is_function(word))
        past = bool(at) and (_links_nothing(sentence, word) or _is_past_noun(sentence, inside[at - 1], word))
        if begins or past or _follows_name(sentence, inside[:at], word):
            return Span(span.start, inside[at - 1].end) if at else None
    return None


def _follows_name(sentence: Annotated, before: Sequence[Span], word: Span) -> bool:
    """Whether a small word that joins nothing stands right behind two capitalised ones: "Hakim Faria mengoreksi …"."""
    named = len(before) > 1 and all(sentence.is_capital(one) and not sentence.is_function(one) for one in before[-2:])
    particles = sentence.lexicon.settings.get("particles") or ()
    joins = sentence.is_one(word, "link") or word.of(sentence.folded) in particles or in_title(sentence, word)
    return named and not sentence.is_capital(word) and not joins


def _antecedent(sentence: Annotated, relative: int) -> Span | None:
    """What a relative pronoun stands for, where no verb of another clause stands before it."""
    end = len(sentence.text[:relative].rstrip().rstrip(","))
    phrase = Span(_start(sentence, end), end)
    verbs = any(sentence.of(section, phrase) for section in (*_VERBS, "negation", "light", "modality"))
    return phrase if sentence.words_in(phrase) and not verbs else None


def _first_phrase(sentence: Annotated, joint: int) -> Span | None:
    """The subject of the clause that a joining word goes on with: its words up to the first verb or preposition."""
    start = _start(sentence, max(joint - 1, 0))
    verbs = [cue.span.start for section in _VERBS for cue in sentence.of(section)]
    end = min((at for at in verbs if start < at < joint), default=None)
    if end is None:
        return None
    end = _over_light(sentence, end)
    return Span(start, end) if sentence.words_in(Span(start, end)) else None


def phrase_after(sentence: Annotated, start: int) -> Span | None:
    """The noun phrase that begins at `start`, after a date or those who are told so, which may stand first: to the next
    stop, date, number, "that" or preposition that links no nouns."""
    start = _after_listener(sentence, _after_date(sentence, start))
    end = sentence.right_stop(start)
    ends = [cue.span.start for section in ("that", "say", "deny") for cue in sentence.of(section)]
    ends += [mention.span.start for mention in sentence.dates]
    ends += [number.span.start for number in counting(sentence)]
    following = sentence.word_from(start)
    first = following.start if following else start
    end = min([end, *(at for at in ends if first < at)])
    inside = sentence.words_in(Span(start, end))
    for at, word in enumerate(inside):
        loose = _links_nothing(sentence, word) and not in_title(sentence, word)
        if at and (loose or _is_past_noun(sentence, inside[at - 1], word)):
            end = word.start
            break
    phrase = strip(sentence.text, Span(start, end))
    return _with_name(sentence, phrase) if phrase.start < phrase.end else None


def _after_listener(sentence: Annotated, start: int) -> int:
    """Behind those who are told so, where whoever says it follows: "a déclaré à l'AFP le porte-parole"."""
    told = sentence.words_in(Span(start, sentence.right_stop(start)))
    if not told or not sentence.is_one(told[0], "listener"):
        return start
    at = 1
    while at < len(told) and sentence.is_function(told[at]):
        at += 1
    papers = [cue.span for name in ("paper", "body") for cue in sentence.of(name)]
    named = at < len(told) and (sentence.is_capital(told[at]) or any(span.overlaps(told[at]) for span in papers))
    at += 1
    # the rest of an outlet's name; none of who speaks in "à l'AFP Jean Morel"
    while named and at < len(told) and sentence.is_capital(told[at]) and not told[at - 1].of(sentence.text).isupper():
        at += 1
    return told[at].start if at < len(told) else start


def in_title(sentence: Annotated, word: Span) -> bool:
    """Whether a small word stands inside a body's or an office's name: "kementerian dalam negeri"."""
    return any(
        cue.span.start < word.start and word.end < cue.span.end
        for name in ("body", "title", "chamber")
        for cue in sentence.of(name)
    )


def _after_date(sentence: Annotated, start: int) -> int:
    """Where "said on Tuesday the ministry" goes on: behind a date with nothing but linking words before it, or behind
    a set phrase such as "in a statement"."""
    for mention in sentence.dates:
        before = sentence.words_in(Span(start, max(start, mention.span.start)))
        if start <= mention.span.start and len(before) <= 2 and all(map(sentence.is_function, before)):
            rest = sentence.text[mention.span.end :].lstrip()
            return mention.span.end if rest[:1].isalpha() else start
    aside = next((cue.span for cue in sentence.of("light") if cue.span.start == start + 1), None)
    spaced = aside is not None and " " in aside.of(sentence.text)
    return aside.end if aside and spaced and sentence.text[aside.end :].lstrip()[:1].isalpha() else start


def counting(sentence: Annotated) -> Iterator[Number]:
    """The numbers that no speaker's name holds; "one" may be no more than an article."""
    return (number for number in sentence.numbers if number.kind in ("count", "none") and number.low != 1)


def _links_nothing(sentence: Annotated, word: Span) -> bool:
    return sentence.is_function(word) and not sentence.is_one(word, "link")


def _is_past_noun(sentence: Annotated, before: Span, word: Span) -> bool:
    """Where nouns have capitals, a small word right after one that links no nouns is a verb or an adverb."""
    if not sentence.lexicon.settings.get("nouns_capitalised") or sentence.is_one(word, "link"):
        return False
    return sentence.text[before.start].isupper() and sentence.text[word.start].islower()


def verb_start(sentence: Annotated, verb: int) -> int:
    """Where a verb begins with the auxiliaries and adverbs before it: the "a" of "a déclaré"."""
    return _over_light(sentence, verb)


def is_no_subject(sentence: Annotated, phrase: Span) -> bool:
    """Where the verb stands second whatever comes first: whether what stands before it cannot be its subject, but tells
    where or when, or is an object ("In Berlin sagte …", "Den Bericht wies …")."""
    inside = sentence.words_in(phrase)
    alone = len(inside) == 1 and sentence.is_one(inside[0], "anaphor")
    return alone or any(sentence.is_one(word, name) for word in inside[:1] for name in _NO_SUBJECTS)


def subject_before(sentence: Annotated, at: int) -> Span | None:
    """The subject of the clause that `at` stands in: its words up to the first verb or preposition."""
    start = _start(sentence, at)
    inside = sentence.words_in(Span(start, at))
    for word in inside[1:]:
        verb = any(cue.span.start == word.start for name in _VERBS for cue in sentence.of(name))
        if verb or _links_nothing(sentence, word) or sentence.is_one(word, "light"):
            return Span(start, word.start)
    return Span(start, at) if inside else None


def source_before(sentence: Annotated, at: int) -> Span | None:
    """The noun phrase that a word such as "zufolge" stands behind: back to its article, a verb or a number."""
    start = sentence.left_stop(at)
    start = max([start, *(number.span.end for number in sentence.numbers if number.span.end <= at)])
    phrase: list[Span] = []
    for word in reversed(sentence.words_in(Span(start, at))):
        if phrase and not sentence.is_one(word, "article") and _is_past_noun(sentence, phrase[-1], word):
            break
        phrase.append(word)
        if sentence.is_one(word, "article"):
            break
    return Span(phrase[-1].start, at) if phrase else None


def _with_name(sentence: Annotated, phrase: Span) -> Span:
    """With the name that follows a role after a comma: "said the coordinator, Sari Tandiono"."""
    if not sentence.text[phrase.end :].startswith(", "):
        return phrase
    name = strip(sentence.text, Span(phrase.end + 2, sentence.right_stop(phrase.end + 1)))
    return Span(phrase.start, name.end) if is_named_by(sentence, phrase, name) else phrase


def has_person(sentence: Annotated, span: Span) -> bool:
    """Whether a span ends in what looks like a person: a known one, or two to four capitalised words that are no known
    body or place, after a title or alone."""
    if any(span.holds(mention.span) and mention.entity.kind == "person" for mention in sentence.names):
        return True
    taken = [mention.span for mention in sentence.names if not names_person(sentence, mention, span)]
    taken += [cue.span for section in ("title", "body", "chamber") for cue in sentence.of(section, span)]
    run = 0
    for word in reversed(sentence.words_in(span)):
        written = word.of(sentence.text)
        if not sentence.is_capital(word) or (written.isupper() and len(written) > 1):
            break
        if any(one.overlaps(word) for one in taken):
            break
        run += 1
    whole = run == len(sentence.words_in(span))
    titled = any(cue.span.start < span.end for cue in sentence.of("title", span))
    return 2 <= run <= 4 and (whole or titled)


def names_person(sentence: Annotated, mention: Mention, phrase: Span) -> bool:
    """Whether a known place is only somebody's first name ("Aden Duale", "President Jordan Bardella"): a capitalised
    word that is nothing known follows it, and it begins the phrase, or follows a title where modifiers come first."""
    if mention.entity.kind not in ("place", "country") or mention.demonym:
        return False
    start = max(phrase.start, sentence.left_stop(mention.span.start))
    first = not sentence.words_in(Span(start, mention.span.start))
    titled = any(cue.span.end + 1 == mention.span.start for cue in sentence.of("title", phrase))
    follows = sentence.word_from(mention.span.end)
    if follows is None or follows.start != mention.span.end + 1 or not sentence.is_capital(follows):
        return False
    known = [other.span for other in sentence.names]
    known += [cue.span for section in ("title", "body", "chamber") for cue in sentence.of(section)]
    modifies = bool(sentence.lexicon.settings.get("modifiers_first"))
    return (first or (titled and modifies)) and not any(span.overlaps(follows) for span in known)


def begins_verb(sentence: Annotated, at: int) -> bool:
    """Whether the word behind a position begins as verbs do, where those of a language have beginnings of their own."""
    word = sentence.word_from(at)
    prefixes = tuple(sentence.lexicon.settings.get("verb_prefixes") or ("",))
    return word is not None and sentence.folded.startswith(prefixes, word.start)


def is_passive(sentence: Annotated, cue: Cue) -> bool:
    """Whether a form of "be" makes the verb passive: those who stand before it do not say it."""
    at = cue.span.start
    return any(_ending(sentence, "passive_aux", end) is not None for end in (at, _over_light(sentence, at)))


def is_infinitive(sentence: Annotated, cue: Cue) -> bool:
    """Whether the verb only names an act ("declined to say", "is expected to announce"): nobody says anything."""
    return _ending(sentence, "infinitive", cue.span.start) is not None


def is_noun(sentence: Annotated, cue: Cue) -> bool:
    """Whether a form that is also a noun ("estimate", "report") is one here: nothing before it can be its subject."""
    written = sentence.folded[cue.span.start : cue.span.end]
    if sentence.lexicon.settings.get("modifiers_first") and _is_modifier(sentence, cue):
        return True
    if sentence.lexicon.settings.get("nouns_capitalised") and cue.get("order") in (None, "verb"):
        return cue.span.start > 0 and sentence.text[cue.span.start].isupper()
    if written not in (cue.get("noun") or ()):
        return False
    before = [word for word in sentence.words if word.end <= _over_light(sentence, cue.span.start)]
    if not before or sentence.left_stop(cue.span.start) > before[-1].start:
        return not has_aside(sentence, cue.span.start)
    subject = sentence.folded[before[-1].start : before[-1].end]
    plural = subject.endswith("s") and not subject.endswith(("'s", "ss"))
    pronoun = sentence.is_one(before[-1], "pronoun") or sentence.is_one(before[-1], "relative")
    named = any(mention.span.end == before[-1].end for mention in sentence.names)
    agrees = written.endswith("s") or not sentence.lexicon.settings.get("modifiers_first")
    groups = ("title", "body", *(["agent"] if agrees else []))
    group = named or any(other.span.end == before[-1].end for name in groups for other in sentence.of(name))
    named = agrees and len(before) > 1 and sentence.is_capital(before[-1])
    return not (plural or pronoun or named or (group and not written.endswith("ing")))


def _is_modifier(sentence: Annotated, cue: Cue) -> bool:
    """Whether an article right before a verb's form makes it a word for what follows: "a disputed bill"."""
    before = [word for word in sentence.words if word.end <= cue.span.start][-1:]
    return cue.get("order") in (None, "verb") and bool(before) and sentence.is_one(before[0], "article")


def is_inverted(sentence: Annotated, cue: Cue) -> bool:
    """ "…," said the minister: the verb follows a quotation or a comma and is followed by a name."""
    before = sentence.text[: verb_start(sentence, cue.span.start)].rstrip()
    if not before or before[-1] not in ",\"”“»'’":
        return False
    phrase = phrase_after(sentence, cue.span.end)
    if phrase is None or any(that.span.start == phrase.start for that in sentence.of("that")):
        return False
    if any(phrase.overlaps(number.span) for number in counting(sentence)):
        return False
    subject = cue.get("addresses") and has_aside(sentence, cue.span.start)
    if before[-1] == "," and _ends_sentence(sentence, phrase) and not subject:
        return True
    if sentence.lexicon.settings.get("inverts") is False or cue.get("addresses"):
        return False
    return before[-1] != "," or not (has_aside(sentence, cue.span.start) or _goes_on(sentence, cue))


def _ends_sentence(sentence: Annotated, phrase: Span) -> bool:
    """Whether a phrase of somebody with a title or a body's name has nothing behind it but a name, or when and where:
    "…, avisou a líder Teresa Quintão", "…, memperingatkan menteri Elias Kopang"."""
    if not any(sentence.of(section, phrase) for section in ("title", "body")):
        return False
    rest = sentence.words_in(Span(phrase.end, sentence.right_stop(phrase.end)))
    dated = (any(mention.span.overlaps(word) for mention in sentence.dates) for word in rest)
    last = sentence.right_stop(phrase.end) >= len(sentence.text.rstrip(' ."”')) or has_person(sentence, phrase)
    return last and all(sentence.is_function(word) or day for word, day in zip(rest, dated, strict=True))


def _goes_on(sentence: Annotated, cue: Cue) -> bool:
    """Whether a pronoun right behind a verb begins what is said: "Nurses, speaking …, said they had no beds"."""
    follows = any(one.span.start == cue.span.end + 1 for one in sentence.of("pronoun"))
    rest = next((word for word in sentence.words if word.start > cue.span.end + 1), None)
    return follows and rest is not None and sentence.right_stop(cue.span.end) > rest.start
