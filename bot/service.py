"""What claimbot can do, one method a use case, one transaction each. Knows nothing of Telegram or of wording."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot import answering, verdicts, why
from bot.reading.links import is_one_article, is_one_site
from bot.reading.refused import Reason, Refused
from bot.results import Added, Answered, Checked, ClaimCard, ConflictStory, Stats
from claims.extract import extract
from claims.model import CONFLICTS, Article, Claim, Kind, Relation
from claims.slot import slot
from claims.understand import topic, understand
from db import (
    articles,
    conflicts,
    inbox,
    outbox,
    people,
    questions,
    search,
    sources,
    subscriptions,
)
from db.engine import Engine, Session, lock_slots, reading, writing
from db.schema import HEAD
from db.values import Pair, Paste, SourceKind, StoredClaim, Trust
from db.worked import Worked, claims_of, work_out

_AGREEING = frozenset({Relation.CONFIRMS, Relation.ECHO, Relation.REFINES})


@dataclass(frozen=True, slots=True)
class Service:
    """The use cases over one database. `now` is always handed in: aware, UTC."""

    engine: Engine
    #: who hears of what comes from sources that nobody trusts yet
    admins: frozenset[int] = frozenset()

    # articles

    def add_article(
        self,
        article: Article,
        *,
        now: datetime,
        trust: Trust = Trust.TRUSTED,
        kind: SourceKind = SourceKind.OUTLET,
    ) -> Added:
        """Read an article and store it with its claims, their verdicts, conflicts and the alerts that they cause. It is
        trusted as its source is, and no more than `trust`; `kind` is what a source that is new is."""
        worked = work_out(extract(article))
        with writing(self.engine) as session:
            return self.store(session, worked, now=now, trust=trust, kind=kind)

    def add_page(self, article: Article, *, now: datetime) -> Added:
        """The same for a page that was fetched from its address. Raises Refused where its text is no article's."""
        worked = work_out(extract(article))
        with writing(self.engine) as session:
            return self.store(session, worked, now=now, is_page=True)

    def store(
        self,
        session: Session,
        worked: Worked,
        *,
        now: datetime,
        trust: Trust = Trust.TRUSTED,
        kind: SourceKind = SourceKind.OUTLET,
        is_page: bool = False,
    ) -> Added:
        """The same for an article that was read, as a part of the caller's transaction."""
        lock_slots(session, verdicts.slot_keys(claims_of([worked])))
        mirrored = _mirrored(session, worked.article) if is_page else None
        if mirrored is not None:
            return _added(worked, articles.Stored("known", mirrored, (), ()), ())
        source = sources.of(session, worked.article, kind, now)
        trust = sources.lesser(trust, source.trust) if source else trust
        if source and kind is SourceKind.FEED:
            outlet = None if source.kind in sources.NAMELESS else source.name
            worked = replace(worked, article=replace(worked.article, source=outlet))
        if source and worked.language and not source.language:
            sources.describe(session, source.number, language=worked.language)
        kept = articles.add(session, worked, now=now, trust=trust, source=source.number if source else None)
        pairs = verdicts.compare_new(session, kept.claims, kept.leading, now)
        told = self._withdrawn(session, kept, now) if kept.withdrawn else ()
        if trust is Trust.QUARANTINED:
            verdicts.warn(session, self.admins, kept.number, kept.claims, pairs, now)
        else:
            verdicts.announce(session, kept.number, kept.claims, pairs, now, told=told)
        return _added(worked, kept, pairs)

    def hold(self, session: Session, some: Sequence[Worked], *, now: datetime, kind: SourceKind) -> None:
        """Before several articles are stored in one transaction: hold all that they need, in the order in which `store`
        does for one, so that no two writers wait for each other."""
        lock_slots(session, verdicts.slot_keys(claims_of(some)))
        for article in sorted((one.article for one in some), key=lambda one: one.source or ""):
            sources.of(session, article, kind, now)
        articles.lock(session, some)

    def _withdrawn(self, session: Session, kept: articles.Stored, now: datetime) -> list[tuple[int, int]]:
        """An article was edited: what it no longer says is taken back. Gives who hears of it: (chat, conflict)."""
        told = []
        for gone in kept.withdrawn:
            instead = verdicts.replacement(gone, kept.claims)
            reason = "edited" if instead else "withdrawn"
            for change in conflicts.withdraw(session, [gone], now, reason=reason):
                told += verdicts.correct(
                    session, change, now, gone=[gone.number], instead=instead.number if instead else None
                )
        return told

    def check(self, text: str, *, language: str | None = None, published: date | None = None) -> tuple[Checked, ...]:
        """The claims of a text that somebody sends, set against the store. Nothing of it is stored."""
        return self.check_article(Article(id="", text=text, language=language, published=published))

    def check_article(self, article: Article) -> tuple[Checked, ...]:
        """The same for a whole article."""
        extraction = extract(article)
        with reading(self.engine) as session:
            return tuple(self._checked(session, claim) for claim in extraction.claims)

    def _checked(self, session: Session, claim: Claim) -> Checked:
        mine = StoredClaim(
            number=0, claim=claim, article="", article_number=0, title="", source=None, url=None,
            published=None, origin="", slot=str(slot(claim)),
        )  # fmt: skip
        return Checked(claim=mine, pairs=verdicts.against_store(session, mine))

    # questions

    def ask(self, text: str, *, language: str | None = None, today: date | None = None) -> Answered:
        """Answer a question out of the stored claims, or abstain."""
        with reading(self.engine) as session:
            return answering.answered(session, understand(text, language, today))

    def ask_in_chat(
        self, chat: int, text: str, *, language: str | None, now: datetime, person: int | None = None, message: int = 0
    ) -> Answered:
        """Answer a question of a chat, and keep it; one that leaves out what it is about takes it from the last
        minutes. `message` is the number of the message that asks."""
        with reading(self.engine) as session:
            mine = questions.number_of(session, chat, message)
            last = questions.last(session, chat, before=mine)
            result, texts = answering.in_chat(session, chat, text, language, now, last)
        if result.question.asks == "nothing" or (result.question.is_empty and not result.changes):
            return result
        with writing(self.engine) as session:
            number = questions.keep(
                session,
                number=mine,
                chat=chat,
                person=chat if person is None else person,
                message=message,
                texts=texts,
                language=language or result.question.language,
                understood=why.understood(result.question),
                outcome=result.outcome,
                claim=result.answers[0][0].number if result.answers else None,
                now=now,
            )
        return replace(result, number=number)

    def asked(self, chat: int, number: int, claim: int | None = None) -> Answered | None:
        """The answer of today to a question that a chat has asked, in the reading that a claim belongs to where one is
        given; None where there is no such question or reading."""
        with reading(self.engine) as session:
            return answering.again(session, chat, number, claim)

    def series(self, stored: StoredClaim) -> tuple[StoredClaim, ...]:
        """The figures over time of the question that a claim answers, oldest first; empty where nothing is counted."""
        with reading(self.engine) as session:
            return answering.series(session, stored)

    def judge_answer(self, chat: int, number: int, *, helpful: bool) -> bool:
        """A person says whether an answer was what was asked for; False where there is no such question."""
        with writing(self.engine) as session:
            return questions.judge(session, chat, number, helpful=helpful)

    def claim(self, number: int) -> ClaimCard | None:
        """A claim with those who agree and those who contradict; None where there is no such number."""
        with reading(self.engine) as session:
            found = search.claim(session, number)
            if found is None:
                return None
            pairs = conflicts.of_claim(session, number)
        agree = tuple(pair for pair in pairs if pair.verdict.relation in _AGREEING)
        contradict = tuple(pair for pair in pairs if pair.verdict.relation in CONFLICTS)
        rest = tuple(pair for pair in pairs if pair not in agree and pair not in contradict)
        return ClaimCard(claim=found, agree=agree, contradict=contradict, related=rest)

    def conflicts(self, *, every: bool = False) -> tuple[Pair, ...]:
        """The pairs of the open conflicts, or with `every` all pairs that mean anything."""
        with reading(self.engine) as session:
            return conflicts.every(session) if every else conflicts.listed(session)

    def conflict_story(self, number: int) -> ConflictStory | None:
        """A conflict with its sides and its history; None where there is none of that number."""
        with reading(self.engine) as session:
            number = conflicts.final(session, number)
            state = conflicts.state(session, number)
            if state is None:
                return None
            pairs, past = conflicts.of_conflict(session, number), conflicts.history(session, number)
            said = search.stored(session, sorted({event.claim for event in past if event.claim}))
        return ConflictStory(
            number=number, state=state, pairs=pairs, sides=conflicts.sides(pairs), history=past,
            claims={one.number: one for one in said},
        )  # fmt: skip

    def disputed(self, most: int) -> tuple[StoredClaim, ...]:
        """A claim of each of the newest open conflicts, a figure or vote where there is one."""
        pairs = self.newest_conflicts(most)
        return tuple(pair.b if pair.b.claim.kind is not Kind.DENIAL else pair.a for pair in pairs)

    def newest_conflicts(self, most: int) -> tuple[Pair, ...]:
        """A pair of each of the newest open conflicts, newest first."""
        with reading(self.engine) as session:
            return conflicts.newest(session, most)

    def newest(self, most: int) -> tuple[StoredClaim, ...]:
        """The votes and figures that came in last."""
        with reading(self.engine) as session:
            return search.newest(session, (Kind.VOTE, Kind.QUANTITY), most)

    def timeline(self, text: str, *, language: str | None = None) -> tuple[StoredClaim, ...]:
        """The figures and denials of the question that most claims about a topic answer, oldest first."""
        wanted = topic(text, language)
        with reading(self.engine) as session:
            return answering.in_time(search.stored(session, search.holding(session, wanted)) if wanted else ())

    # people

    def see(self, chat: int, now: datetime) -> None:
        """A chat has spoken. To the hour: not every word is worth a transaction that writes."""
        with reading(self.engine) as session:
            known = people.was_seen(session, chat, now - timedelta(hours=1))
        if not known:
            with writing(self.engine) as session:
                people.see(session, chat, now)

    def language(self, chat: int) -> str | None:
        """The language that a chat has chosen."""
        with reading(self.engine) as session:
            return people.language(session, chat)

    def set_language(self, chat: int, code: str | None, now: datetime) -> None:
        """Choose a language; None follows the client's again."""
        with writing(self.engine) as session:
            people.set_language(session, chat, code, now)

    def keep_paste(self, chat: int, text: str, source: str | None, due: datetime, message: int = 0) -> Paste:
        """Keep a part of an article that arrives in several messages; gives what has come so far."""
        with writing(self.engine) as session:
            people.keep_paste(session, chat, text, source, due, message)
            session.flush()
            kept = people.pasted(session, chat)
        assert kept is not None
        return kept

    def is_pasting(self, chat: int, message: int = 0) -> bool:
        """Whether a message is, or was, a part of an article that a chat is sending."""
        with reading(self.engine) as session:
            return people.is_pasting(session, chat, message)

    def close_paste(self, chat: int) -> None:
        """A pasted article is stored."""
        with writing(self.engine) as session:
            people.close_paste(session, chat)

    def whole_pastes(self, now: datetime) -> list[Paste]:
        """The pasted articles that are whole now, until they are closed."""
        with reading(self.engine) as session:
            return people.whole_pastes(session, now)

    # the store

    def forget_texts(self, before: datetime) -> int:
        """Delete the full texts of articles that were stored before then; gives of how many. Their claims stay, with
        their evidence; the same text is still known, and another one still a new version."""
        with writing(self.engine) as session:
            return articles.forget_texts(session, before)

    def stats(self) -> Stats:
        """Sizes and ages."""
        with reading(self.engine) as session:
            return _stats(session)


def _mirrored(session: Session, article: Article) -> int | None:
    """The article whose text stands under another address of a page's site, where both addresses name it. Where they
    name different articles, the text is the frame of the site: raises Refused."""
    for number, url in articles.with_text(session, article):
        if article.url and url != article.url and is_one_site(article.url, url):
            if not is_one_article(article.url, url):
                raise Refused(Reason.SAME)
            return number
    return None


def _added(worked: Worked, kept: articles.Stored, pairs: tuple[Pair, ...]) -> Added:
    article = worked.article
    return Added(
        status=kept.status,
        number=kept.number,
        title=article.title or articles.title_of(article),
        language=worked.language,
        claims=kept.claims,
        withdrawn=kept.withdrawn,
        pairs=pairs,
    )


def _stats(session: Session) -> Stats:
    asked = questions.counts(session)
    return Stats(
        articles=articles.count(session),
        claims=search.count(session),
        conflicts_open=conflicts.count_open(session),
        topics=len(subscriptions.topics(session)),
        inbox_waiting=inbox.count(session, "waiting"),
        inbox_dead=inbox.count(session, "dead"),
        outbox_waiting=outbox.count(session, "waiting"),
        outbox_dead=outbox.count(session, "dead"),
        questions=sum(asked.get(name, 0) for name in ("answered", "unclear", "near", "nothing")),
        questions_answered=asked.get("answered", 0),
        answers_helpful=asked.get("helpful", 0),
        answers_unhelpful=asked.get("unhelpful", 0),
        newest=articles.newest(session),
        schema=HEAD,
    )
