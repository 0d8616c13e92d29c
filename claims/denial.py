"""Whether one claim denies another: what is denied is rarely said in full, so several small signs have to agree."""

from claims.lexicon import lexicon, supported
from claims.model import POINTING, Claim, Kind, Modality
from claims.pair import Pair
from claims.relations import actors_differ, is_generic, is_plan, name_words, names_in_common, polarity, same_family
from claims.sense import (
    admits,
    alike,
    covered,
    figures_in,
    names_another,
    only_points,
    says_no_more,
    shared,
    unshared,
)
from claims.text import key

#: signs that must come together before one claim is taken to deny the other
ENOUGH = 3
#: what each of them weighs: a count of what is denied, a mention of it, one actor or place, the same words, standing
#: right behind it, and then saying no more than that it is not so, answering what is said right beside it, or having
#: hardly a word of its own for what it denies
_MEASURED, _MENTIONED, _NAMED, _WORDS, _NEXT, _POINTED, _ANSWERED, _COVERED = 2, 1, 1, 2, 1, 3, 3, 3
#: words of a denial that neither name who or what is counted nor stand in what it may deny
_UNSHARED = 1
#: the share of the words for what is denied that a claim says too which takes the denial back, or is denied by it
_MOST, _NEARLY_ALL = 2 / 3, 3 / 4
#: characters between a claim and the denial right behind it; one that only points denies what it points to and no more,
#: and no figure that may be of anything
_REACH = 40


def sides(pair: Pair) -> tuple[Claim, Claim] | None:
    """What denies, and what it may deny; None where the two are not that."""
    first, second = pair.both
    one, other = (_denies(claim, sign) for claim, sign in zip(pair.both, pair.polarities, strict=True))
    if one == other:
        one, other = map(_negates, pair.both)
    if one == other:
        return None
    return (first, second) if one else (second, first)


def _denies(claim: Claim, sign: int | None) -> bool:
    return claim.kind is Kind.DENIAL or sign == -1


def _negates(claim: Claim) -> bool:
    """Whether somebody says that something is not so, who need not answer anybody: "no gate was ever locked"."""
    return claim.negated and claim.kind is Kind.STATEMENT and claim.speaker is not None and not is_plan(claim)


def signs(pair: Pair) -> int:
    """How much speaks for one of the two denying the other; 0 where they are no denial and assertion of one story."""
    found = sides(pair)
    if found is None or not pair.one_story:
        return 0
    denial, other = found
    if other.kind is Kind.VOTE or other.modality in (Modality.CONDITIONAL, Modality.DENIED):
        return 0
    if actors_differ(denial, other) or _names_another_figure(denial, other):
        return 0
    weight = _COVERED * _is_covered(pair, denial, other)
    if not _denies(denial, polarity(denial)):
        return weight
    if denial.measure and other.measure and same_family(denial, other) and not is_generic(other):
        weight += _MEASURED if other.quantity and denies_number(denial, other) else _MENTIONED
    weight += _NAMED * names_in_common(denial, other)
    weight += _WORDS * (len(shared(denial, other)) > 1)
    if denial.rule == POINTING and denial.denied == other.evidence and not is_generic(other):
        weight += _POINTED
    elif pair.one_page:
        weight += _beside(pair, denial, other)
    return weight


def _is_covered(pair: Pair, denial: Claim, other: Claim) -> bool:
    """Whether another claim says nearly all that is denied, wherever it stands. A single word tells only where the one
    who denies admits it or is accused of it, where somebody else on the page admits it, or where it befell them."""
    if denial.rule == POINTING or other.negated or denial.modality is Modality.ALLEGED:
        return False
    shared, of = covered(denial, other)
    taken_back = pair.same_speaker and shared > 1 and admits(other)
    if shared < max((_MOST if taken_back else _NEARLY_ALL) * of, 1):
        return False
    if shared == 1 and other.quantity and same_family(denial, other) and not pair.one_page:
        return False
    if admits(other) and (pair.same_speaker or pair.one_page):
        return True
    if other.modality is Modality.ALLEGED:
        return denial.kind is Kind.DENIAL and (_names(denial, other.evidence) or not names_another(other))
    return (denial.kind is Kind.DENIAL and shared > 1) or (other.kind is Kind.EVENT and _names(denial, other.evidence))


def _names(denial: Claim, text: str) -> bool:
    """Whether a text names whoever denies."""
    return bool(name_words(f"{denial.speaker} {denial.speaker_role}") & name_words(text))


def _beside(pair: Pair, denial: Claim, other: Claim) -> int:
    """What it weighs that a denial stands right beside what it may deny."""
    is_next = 0 <= denial.start - other.end <= _REACH
    is_before = 0 <= other.start - denial.end <= _REACH
    if not (is_next or is_before):
        return 0
    if denial.rule != POINTING and _answers(pair, denial, other, is_next):
        return _ANSWERED
    open_to_all = denial.quantity is None and denial.rule != POINTING and only_points(denial)
    if is_next and open_to_all and not pair.same_speaker:
        return _POINTED
    return _NEXT if is_next else 0


def _answers(pair: Pair, denial: Claim, other: Claim, is_next: bool) -> bool:
    """Whether a denial and what another voice says right beside it are of one matter: an accusation or a rumour is
    answered by the denial behind it; of all else the words must tell, or the denial has none of its own."""
    if denial.kind is not Kind.DENIAL and denial.modality is not Modality.DENIED:
        return False
    alleged = other.modality is Modality.ALLEGED
    if not pair.two_voices:
        return alleged and is_next and denial.speaker is not None and other.speaker is None
    if says_no_more(denial):
        return is_next
    return (alleged and is_next) or bool(alike(denial, other))


def _names_another_figure(denial: Claim, other: Claim) -> bool:
    """Whether a denial names figures, and the other claim gives none of them: who denies 1,500 denies no 240."""
    named = figures_in(denial.denied or denial.evidence, denial.language)
    return bool(named) and other.quantity is not None and not named & {other.quantity.low, other.quantity.high}


def denies_number(denial: Claim, other: Claim) -> bool:
    """Whether no more is denied than that there are so many: "nobody was hurt", not "negligence killed them"."""
    return len(unshared(denial, other)) <= _UNSHARED


def denies_plan(denial: Claim) -> bool:
    """Whether what is denied is itself a plan: "no plans to", "would be sold"."""
    if denial.language not in supported():
        return False
    text = f" {key(denial.denied or denial.evidence)} "
    plans = (entry for entry in lexicon(denial.language).entries("modality") if entry.get("modality") == "planned")
    return any(f" {key(form)} " in text for entry in plans for form in entry.forms)
