"""Who speaks, and who has spoken so far in an article."""

from dataclasses import dataclass, field

from claims.text import fold


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it: `name` is canonical where known, else as written; none of a pronoun that stands for nobody known."""

    name: str
    role: str | None = None
    resolved: bool = True
    person: bool = False


@dataclass
class Memory:
    """Who has spoken so far in an article, to resolve pronouns and last names."""

    #: folded last words of names → full name
    people: dict[str, str] = field(default_factory=dict)
    #: every speaker with the folded words that named him, each once, the latest last
    heard: dict[tuple[Speaker, str], None] = field(default_factory=dict)
    #: folded names of places that a noun such as "kabupaten" leads to
    places: set[str] = field(default_factory=set)
    #: folded titles → the people whose names stand behind them
    titled: dict[str, set[str]] = field(default_factory=dict)
    last_person: Speaker | None = None
    last_body: Speaker | None = None
    last: Speaker | None = None
    #: the people that the sentence before names and who do not speak in it
    accused: list[str] = field(default_factory=list)

    def know(self, name: str) -> None:
        """Remember a person's full name under each part of it."""
        for part in name.split():
            if len(part) > 2:
                self.people.setdefault(part.casefold(), name)

    def mention(self, speaker: Speaker, written: str) -> None:
        """Remember a body that a sentence is about: "it" and "the company" in a later one may be that."""
        self._hear(speaker, written)
        self.last_body = speaker

    def note(self, speaker: Speaker, written: str) -> None:
        """Remember a speaker, and the words that named him."""
        if not speaker.resolved:
            return
        self.last = speaker
        self._hear(speaker, written)
        if speaker.person:
            self.last_person = speaker
            if speaker.name.istitle():
                self.know(speaker.name)
        else:
            self.last_body = speaker

    def _hear(self, speaker: Speaker, written: str) -> None:
        named = speaker, fold(written)
        self.heard.pop(named, None)
        self.heard[named] = None
