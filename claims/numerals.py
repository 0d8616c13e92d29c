"""Numerals in running text: figures and number words put together, and the figures that count nothing.

All that differs between languages is lexicon data: the section `number`, and the settings `decimal_mark`, `group_mark`,
`group_space` ("3 000"), `ordinal_dot` ("im 20. Jahrhundert"), `either_mark_groups` (both marks are in use: three digits
after one mark are a group) and `number_compounds` (whole numbers written as one word: "zweitausenddreihundert").
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from claims.lexicon import Cue, Entry, Lexicon
from claims.measures import currency
from claims.model import Span

#: longer figures are account numbers, keys or noise
LONGEST_FIGURE = 15
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:[\u00a0\u202f\u2009]\d{3}(?!\d))*")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?!\d|[.,]\d)")
_DATE = re.compile(r"(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{1,2}/\d{1,2}(?:/\d{2})?)(?![\d/])")
_PHONE = re.compile(r"\+\d[\d() -]{6,18}\d|(?<!\d )\b0\d{2,4}(?:[ -]\d{3,5}){1,3}\b|\(0\d{2,4}\) ?\d{5,9}")
_CLOCK = re.compile(r"\b(?:[01]?\d|2[0-4])(?::| h )[0-5]\d(?::[0-5]\d)?\b")
_DOTTED_ORDINAL = re.compile(r"(?<![\d.,])\d{1,3}\.(?= [^\W\d_])")
_DOTTED_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")
_CODE = re.compile(r"(?<!\w)[^\W\d_]+-?\d\w*(?:[-.]\d\w*)*|(?<![\d.,])\d[\d.,]*[^\W\d_]\w*")
_JOINED = re.compile(r"(?<!\d)\d+(?:[.,]\d{3})*(?: ?[-–—] ?\d+(?:[.,]\d{3})*){1,2}")
_COLON = re.compile(r"\d{1,3}:\d{1,3}")
_TENS = re.compile(r"(?<!\d)\d{2,4}(?:-an|s)\b")
_ORDINAL = re.compile(r"(?<!\d)\d+(?:st|nd|rd|th|º|ª|e|er|re|ème|ième)\b|\bke-\d+\b", re.IGNORECASE)
_BRACKETED_AGE = re.compile(r"(?<=[^\W\d_] )\((\d{1,3})\)|(?<=[^\W\d_], )(\d{1,3})(?=,(?!\d))")
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Mask:
    """What looks like a number and counts nothing; only a tally has a value. For `kind` see `claims.numbers.Number`."""

    span: Span
    kind: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Token:
    """A figure or number word. `role` is "digits" or that of the lexicon."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    role: str
    counts: str | None = None
    #: a scale word that may begin a number: the "mille" of "mille personnes"
    alone: bool = False
    #: a number word with the prefix that makes it an ordinal: "ketiga"
    ordinal: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """Tokens put together. `scale` is what the last scale word multiplied by, for "10-12 thousand"."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    role: str
    scale: Decimal = Decimal(1)
    counts: str | None = None


def _ordinal_value(match: re.Match[str]) -> Decimal | None:
    digits = re.sub(r"\D", "", match.group())
    return Decimal(digits[:LONGEST_FIGURE]) if digits else None


@cache
def _suffix_forms(lexicon: Lexicon) -> dict[str, Entry]:
    """The letters that may be glued to a figure."""
    scales = [entry for entry in lexicon.entries("number") if entry.get("role") in ("suffix", "scale")]
    return {form: entry for entry in scales for form in entry.forms}


class Numerals:
    """The numerals of one sentence: `values` and `masks`, neither in any order of the other.

    `cues` are the lexicon's, by section."""

    def __init__(self, text: str, lexicon: Lexicon, cues: Mapping[str, list[Cue]]) -> None:
        self.text = text
        self.lexicon = lexicon
        self.cues = cues
        self.starts = {cue.span.start: cue for cue in cues.get("number", ())}
        self.masks: list[Mask] = []
        self._mask()
        tokens = sorted((*self._figures(), *self._words()), key=lambda token: token.start)
        self.values = self._compose(_without_overlaps(tokens))

    def _mask(self) -> None:
        if not _DIGIT.search(self.text):
            return
        for kind, pattern in (("date", _DATE), ("phone", _PHONE), ("time", _CLOCK), ("ordinal", _ORDINAL)):
            for match in pattern.finditer(self.text):
                self._hide(match.start(), match.end(), kind, _ordinal_value(match) if kind == "ordinal" else None)
        for match in _DOTTED_ORDINAL.finditer(self.text) if self.lexicon.settings.get("ordinal_dot") else ():
            self._hide(match.start(), match.end(), "ordinal")
        for match in _TENS.finditer(self.text):
            year = match.group()[:2] in ("18", "19", "20") or match.group().endswith("s")
            if year:
                self._hide(match.start(), match.end(), "year")
        for match in _CODE.finditer(self.text):
            self._mask_code(match)
        for match in _JOINED.finditer(self.text):
            self._mask_tally(match, r" ?[-–—] ?")
        for match in _COLON.finditer(self.text):
            self._mask_tally(match, ":")
        for match in _BRACKETED_AGE.finditer(self.text):
            group = 1 if match.group(1) else 2
            head = self.text[: match.start()].rstrip(" ,(")
            someone = any(cue.span.end == len(head) for name in ("title", "agent") for cue in self.cues.get(name, ()))
            if someone or head.rsplit(" ", 1)[-1][:1].isupper():
                self._hide(match.start(group), match.end(group), "age")

    def _hide(self, start: int, end: int, kind: str, value: Decimal | None = None) -> None:
        if self._is_free(start, end):
            self.masks.append(Mask(Span(start, end), kind, value))

    def _is_free(self, start: int, end: int) -> bool:
        return not any(mask.span.start < end and start < mask.span.end for mask in self.masks)

    def _mask_code(self, match: re.Match[str]) -> None:
        """Letters and digits in one word: "F-16", "MH370", "155mm"; not "Rp12.000", "300m", "500-an"."""
        letters = _LETTERS.search(match.group())
        if letters is None:
            return
        head, tail = match.group()[0].isalpha(), match.group()[-1].isalpha()
        if head and currency(letters.group()) and not self._is_suffix_missing(match):
            return
        if tail and not head and self._suffix(match.start() + letters.start(), letters.group()):
            return
        self._hide(match.start(), match.end(), "code")

    def _is_suffix_missing(self, match: re.Match[str]) -> bool:
        tail = re.search(r"[^\W\d_]+$", match.group())
        return bool(tail and not self._suffix(match.start() + tail.start(), tail.group()))

    def _suffix(self, start: int, letters: str) -> Cue | None:
        return self._suffixes.get((start, start + len(letters)))

    @cached_property
    def _suffixes(self) -> dict[tuple[int, int], Cue]:
        """Scale letters glued to a figure are no whole words: the lexicon's search passes them by."""
        if not _DIGIT.search(self.text):
            return {}
        forms = _suffix_forms(self.lexicon)
        found: dict[tuple[int, int], Cue] = {}
        for match in re.finditer(r"(?<=\d)[^\W\d_]+", self.text):
            written = match.group()
            entry = forms.get(written) or (forms.get(written.lower()) if len(written) > 1 or written in "kK" else None)
            if entry:
                found[(match.start(), match.end())] = Cue(Span(match.start(), match.end()), entry)
        return found

    def _mask_tally(self, match: re.Match[str], joint: str) -> None:
        """ "397-3" and "141-5-35" are tallies or scores, "10-12" is a range, "2019-2024" are years."""
        if not self._is_free(match.start(), match.end()):
            return
        parts = list(re.finditer(r"\d+(?:[.,]\d{3})*", match.group()))
        figures = [self._interpret(part.group()) for part in parts]
        if any(figure is None for figure in figures) or self._is_scaled(match.end()):
            return
        values = [figure for figure in figures if figure is not None]
        if all(is_year(part.group()) for part in parts[:1]) and len(parts) == 2:
            self._hide(match.start(), match.end(), "year")
        elif len(values) == 3 or values[0] >= values[1] or joint == ":":
            for part, value in zip(parts, values, strict=True):
                span = Span(match.start() + part.start(), match.start() + part.end())
                self.masks.append(Mask(span, "tally", value))

    def _is_scaled(self, end: int) -> bool:
        """Whether a scale word follows: the "thousand" of "12-10 thousand"."""
        after = self.starts.get(end + 1)
        return after is not None and after.get("role") in ("scale", "suffix")

    # tokens

    def _figures(self) -> list[_Token]:
        found: list[_Token] = []
        pattern = _SPACED if self.lexicon.settings.get("group_space") else None
        matches = [*(pattern.finditer(self.text) if pattern else ()), *_FIGURE.finditer(self.text)]
        taken = -1
        for match in sorted(matches, key=lambda one: (one.start(), -one.end())):
            if match.start() < taken or not self._is_free(match.start(), match.end()):
                continue
            taken = match.end()
            value = self._interpret(match.group())
            if value is None:
                self._hide(match.start(), match.end(), "code")
            else:
                found.append(_Token(match.start(), match.end(), value, value, "digits"))
        return found

    def _interpret(self, written: str) -> Decimal | None:
        """A figure by the language's marks, by the other reading where the marks leave no choice, else None."""
        written = re.sub(r"[\s\u00a0\u202f\u2009]", "", written)
        if sum(char.isdigit() for char in written) > LONGEST_FIGURE or not written.isascii():
            return None
        decimal, group = self.lexicon.settings["decimal_mark"], self.lexicon.settings["group_mark"]
        if self.lexicon.settings.get("either_mark_groups") and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", written):
            return Decimal(re.sub("[.,]", "", written))
        for point, thousands in ((decimal, group), (group, decimal)):
            whole, mark, rest = written.partition(point)
            grouped = re.fullmatch(rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|\d+", whole)
            if grouped and (not mark or rest.isdigit()):
                return Decimal(whole.replace(thousands, "") + ("." + rest if mark else ""))
        return None

    def _words(self) -> list[_Token]:
        found: list[_Token] = []
        for cue in (*self.cues.get("number", ()), *self._suffixes.values()):
            role = str(cue.get("role"))
            if role == "and" or cue.get("inside") or not self._is_free(cue.span.start, cue.span.end):
                continue
            if role == "suffix" and not (cue.span.start and self.text[: cue.span.start].rstrip()[-1:].isdigit()):
                continue
            if self._is_in_name(cue.span):
                continue
            value = Decimal(str(cue.get("value")))
            alone = cue.get("alone") is True
            found.append(_Token(cue.span.start, cue.span.end, value, value, role, cue.get("counts"), alone))
        found += self._compounds()
        found += self._ordinals()
        for cue in self.cues.get("vague", ()):
            low, high = Decimal(str(cue.get("low"))), Decimal(str(cue.get("high")))
            found.append(_Token(cue.span.start, cue.span.end, low, high, "vague"))
        return found

    def _compounds(self) -> Iterator[_Token]:
        """The parts of numbers written as one word; each is a token, so that they are put together like words apart."""
        pattern = compound_pattern(self.lexicon)
        for match in pattern.finditer(self.text) if pattern else ():
            start = match.start()
            for part in _parts(self.lexicon, match.group().lower()):
                entry = _compound_parts(self.lexicon).get(part)
                if entry and entry.get("role") != "and":
                    value, role = Decimal(str(entry.get("value"))), str(entry.get("role"))
                    yield _Token(start, start + len(part), value, value, role, alone=entry.get("alone") is True)
                start += len(part)

    def _ordinals(self) -> Iterator[_Token]:
        """Number words behind the prefix that makes them ordinals; what follows belongs to them: "ketiga puluh dua"."""
        pattern, forms = ordinal_pattern(self.lexicon), _compound_parts(self.lexicon)
        for match in pattern.finditer(self.text.lower()) if pattern else ():
            value = Decimal(str(forms[match.group(1)].get("value")))
            if value % 1 == 0 and self._is_free(match.start(), match.end()):
                yield _Token(match.start(), match.end(), value, value, "cardinal", ordinal=True)

    def _is_in_name(self, span: Span) -> bool:
        """The "Dua" of "Arjuna Dua": a number word with a capital behind another capital."""
        word = span.of(self.text)
        before = self.text[: span.start].rstrip().rsplit(" ", 1)[-1]
        joined = self.text[span.start - 1 : span.start] == " "
        return word.istitle() and joined and before[:1].isupper() and before.isalpha() and before != before.upper()

    # composition

    def _compose(self, tokens: Sequence[_Token]) -> list[Value]:
        values: list[Value] = []
        at = 0
        while at < len(tokens):
            value, used = self._one(tokens, at)
            if value:
                values.append(value)
            at += used
        return values

    def _one(self, tokens: Sequence[_Token], at: int) -> tuple[Value | None, int]:
        first = tokens[at]
        if first.role not in ("digits", "cardinal") and not first.alone:
            role = first.role
            if role in ("scale", "adder", "suffix", "half"):
                return self._vague_at(first), 1
            return Value(first.start, first.end, first.low, first.high, role, counts=first.counts), 1
        addends, scale, used = [first.low], Decimal(1), 1
        while at + used < len(tokens):
            before, token = tokens[at + used - 1], tokens[at + used]
            if not self._adjacent(before, token):
                break
            grown = _grow(addends, token, before, tokens[at + used + 1 : at + used + 2])
            if grown is None:
                break
            addends = grown
            scale = token.low if token.role in ("scale", "suffix") else scale
            used += 1
        last = tokens[at + used - 1]
        total = _plain(sum(addends, Decimal(0)))
        role = "ordinal" if first.ordinal else "cardinal" if first.alone else first.role
        return Value(first.start, last.end, total, total, role, scale, first.counts), used

    def _vague_at(self, token: _Token) -> Value | None:
        """A scale word that multiplies nothing, where it is a vague number too: "millones de personas"."""
        for cue in self.cues.get("vague", ()):
            if (cue.span.start, cue.span.end) == (token.start, token.end):
                low, high = Decimal(str(cue.get("low"))), Decimal(str(cue.get("high")))
                return Value(token.start, token.end, low, high, "vague")
        return None

    def _adjacent(self, left: _Token, right: _Token) -> bool:
        gap = self.text[left.end : right.start].lower().strip()
        joints = [
            entry for entry in self.lexicon.entries("number") if entry.get("role") == "and" and gap in entry.forms
        ]
        tens = left.role == "cardinal" and any(entry.get("tens") for entry in joints)
        return gap in ("", "-") or (bool(joints) and (left.role == "scale" or tens) and right.role == "cardinal")


def _grow(addends: list[Decimal], token: _Token, before: _Token, after: Sequence[_Token]) -> list[Decimal] | None:
    """The addends with one more token, None where it begins another number. A scale word multiplies the trailing
    addends that are smaller than itself: [300, 2] + "puluh" is [300, 20], [300, 20, 5] + "ribu" is [325000]."""
    last = addends[-1]
    if token.role == "scale":
        tail = [addend for addend in addends if addend < token.low]
        if not tail:
            return None
        kept = addends[: len(addends) - len(tail)]
        product = sum(tail, Decimal(0)) * token.low
        return [*kept, product] if not kept or kept[-1] > product else None
    if token.role == "suffix":
        return [*addends[:-1], last * token.low] if before.role == "digits" else None
    if token.role == "half":
        return [*addends[:-1], last + before.low * token.low] if before.role == "scale" else None
    if token.role == "adder":
        return [*addends[:-1], last + token.low] if 1 <= last <= 9 else None
    followed = bool(after) and after[0].role == "scale"
    if token.role == "cardinal" or (token.role == "digits" and before.role == "scale" and followed):
        if token.low % 1 or last % 1:
            return None
        room = Decimal(10) ** len(str(int(token.low)))
        return [*addends, token.low] if last > token.low and last % room == 0 else None
    return None


@cache
def ordinal_pattern(lexicon: Lexicon) -> re.Pattern[str] | None:
    """A number word with the language's prefix for ordinals, None where it has none."""
    prefix = lexicon.settings.get("ordinal_prefix")
    words = [form for form, entry in _compound_parts(lexicon).items() if entry.get("role") == "cardinal"]
    single = sorted((re.escape(form) for form in words if " " not in form), key=len, reverse=True)
    return re.compile(rf"\b{prefix}({'|'.join(single)})\b") if prefix else None


@cache
def _compound_parts(lexicon: Lexicon) -> dict[str, Entry]:
    """What whole numbers written as one word are made of."""
    roles = ("cardinal", "scale", "and")
    return {
        form: entry
        for entry in lexicon.entries("number")
        if entry.get("role") in roles and not entry.get("apart")
        for form in entry.forms
        if form.isalpha()
    }


@cache
def compound_pattern(lexicon: Lexicon) -> re.Pattern[str] | None:
    if not lexicon.settings.get("number_compounds"):
        return None
    parts = "|".join(sorted(_compound_parts(lexicon), key=len, reverse=True))
    return re.compile(rf"\b(?:{parts}){{2,}}\b", re.IGNORECASE)


def _parts(lexicon: Lexicon, word: str) -> list[str]:
    """A number word cut into its parts, the longest first."""
    known = "|".join(sorted(_compound_parts(lexicon), key=len, reverse=True))
    return re.findall(known, word)


def _plain(value: Decimal) -> Decimal:
    """The same number without a trailing ".0"."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def is_year(written: str) -> bool:
    """Whether a figure reads as a year of our times."""
    return len(written) == 4 and written.isascii() and written.isdigit() and 1900 <= int(written) <= 2100


def _without_overlaps(tokens: Iterable[_Token]) -> list[_Token]:
    kept: list[_Token] = []
    for token in tokens:
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
        elif token.end > kept[-1].end and token.start == kept[-1].start:
            kept[-1] = token
    return kept
