"""/add, links, pastes and forwards: what people bring."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import blake2b

from bot import replies
from bot.conversation.said import Attached, Incoming, Quoted, Talk
from bot.locale import say
from bot.reading.files import read_one
from bot.reading.judge import FEWEST_WORDS, LONGEST
from bot.reading.refused import Reason, Refused
from bot.reading.web import addresses, is_address
from bot.replies import Reply
from claims.model import Article
from claims.text import clean
from db.values import Paste, SourceKind

#: Telegram cuts a paste into messages of this many characters: one this long may go on in the next
FULL_MESSAGE, LONGEST_MESSAGE = 4000, 4096
#: a text this long is an article to be checked, not a question
LONG_TEXT = 600
#: links that one /add takes
MOST_LINKS = 5
#: characters of a file's name that are shown
_LONGEST_NAME = 60
#: a paste is whole when no part came for so long
PASTE_PAUSE = timedelta(seconds=3)


def add(talk: Talk, said: Incoming, rest: str, language: str) -> tuple[Reply, ...]:
    """Store an article: the command's text, which may go on in further messages."""
    if not said.is_admin:
        return (Reply(say(language, "add.admin")),)
    if not rest and said.quoted:
        return _add_quoted(talk, said.quoted, language)
    if not rest:
        return (Reply(say(language, "add.what")),)
    pages = rest.split()
    if len(pages) <= MOST_LINKS and all(map(is_address, pages)):
        return tuple(reply for one in dict.fromkeys(pages) for reply in _add_link(talk, one, language))
    if page := page_in(said, rest):
        return _add_link(talk, page, language)
    return paste(talk, said, clean(said.text).split(maxsplit=1)[1], language)


def page_in(said: Incoming, text: str, long: int = 0) -> str | None:
    """The page that a message is about, where it is not about its own words: these are an address, or a few words with
    a link among them or behind them. What is forwarded or longer than `long` has to be longer to stand for itself."""
    if is_address(text):
        return text
    links = [*said.links, *addresses(text)]
    is_text = said.forwarded_from is not None or len(text) > long
    return links[0] if links and not (is_text and len(text.split()) >= FEWEST_WORDS) else None


def linked(talk: Talk, said: Incoming, url: str, language: str) -> tuple[Reply, ...]:
    """A link: in an admin's forward it is added, anywhere else it is checked. A post that leads to what cannot be read
    stands for itself."""
    found = _read_link(talk, url, language)
    if isinstance(found, Article):
        is_added = said.is_admin and said.forwarded_from is not None
        return _stored(talk, found, language) if is_added else checked(talk, said, found, language)
    text = clean(said.text).strip()
    is_post = said.forwarded_from is not None and not is_address(text)
    return forwarded(talk, said, text, language) if is_post else (found,)


def _add_link(talk: Talk, url: str, language: str) -> tuple[Reply, ...]:
    """Store the article that a link leads to."""
    found = _read_link(talk, url, language)
    return (found,) if isinstance(found, Reply) else _stored(talk, found, language)


def _stored(talk: Talk, found: Article, language: str) -> tuple[Reply, ...]:
    try:
        with talk.thinking:
            added = talk.service.add_page(found, now=talk.clock())
    except Refused as refused:
        return (replies.not_read(refused.reason, language),)
    return replies.added(added, language)


def _read_link(talk: Talk, url: str, language: str) -> Article | Reply:
    """The article that a link leads to, or why it is not read. What is asked for while claimbot stops is answered after
    its next start: it raises."""
    try:
        return talk.web.read_for_somebody(url, talk.clock().date())
    except Refused as refused:
        if refused.reason is Reason.CLOSED:
            raise
        return replies.not_read(refused.reason, language)


def paste(talk: Talk, said: Incoming, text: str, language: str) -> tuple[Reply, ...]:
    """A part of an article. A full message may go on in the next one; anything shorter is the end. All of it can
    be done again after a kill, with the same outcome."""
    more = len(said.text) >= FULL_MESSAGE
    if more and len(said.text) < LONGEST_MESSAGE:
        text = f"{text.rstrip()}\n"  # cut between words, and the blank went with the cut
    so_far = talk.service.keep_paste(said.chat, text, None, talk.clock() + PASTE_PAUSE, said.message_id)
    if more:
        return ()
    told = add_paste(talk, so_far, language)
    talk.service.close_paste(said.chat)
    return told


def add_paste(talk: Talk, paste: Paste, language: str) -> tuple[Reply, ...]:
    """Store a pasted article that is whole."""
    text = paste.text.strip()
    return _add(talk, f"paste:{digest(text)}", text, paste.source, language)


def forwarded(talk: Talk, said: Incoming, text: str, language: str) -> tuple[Reply, ...]:
    """An admin's forward is an article of that channel; anybody else's is checked."""
    if said.is_admin:
        return _add(talk, f"forward:{digest(text)}", text, said.forwarded_from, language, said.forwarded_on)
    return checked(talk, said, Article(id="", text=text), language)


def checked(talk: Talk, said: Incoming, article: Article, language: str) -> tuple[Reply, ...]:
    """What a text claims, set against the store; whoever sent it in private can send it on to the editors."""
    with talk.thinking:
        claimed = talk.service.check_article(article)
    found = replies.checked(claimed, language)
    return found if said.is_admin or said.is_group else replies.for_editors(found, language)


def brought(talk: Talk, said: Incoming, language: str) -> Article | Reply | None:
    """The text that a message brings to be checked – its file, what it quotes, its link, its own words – or why that
    cannot be read; None where it brings none."""
    if said.file:
        return _read_file(talk, said.file, language)
    text = clean(said.text).strip()
    if said.quoted and said.quoted.source:
        return Article(id="", text=clean(said.quoted.text).strip(), source=said.quoted.source, published=said.quoted.on)
    own = Article(id="", text=text, source=said.forwarded_from, published=said.forwarded_on) if text else None
    page = page_in(said, text, LONG_TEXT)
    found = _read_link(talk, page, language) if page else own
    is_post = said.forwarded_from is not None and not is_address(text)
    return own if is_post and isinstance(found, Reply) else found


def filed(talk: Talk, said: Incoming, file: Attached, language: str) -> tuple[Reply, ...]:
    """A file: what an admin forwards, or sends with /add, is added; anything else is checked."""
    found = _read_file(talk, file, language)
    if isinstance(found, Reply):
        return (found,)
    is_added = said.forwarded_from is not None or said.text.lower().split()[:1] == ["/add"]
    if not said.is_admin or not is_added:
        return checked(talk, said, found, language)
    return _add(talk, f"file:{digest(found.text)}", found.text, said.forwarded_from, language, found.published)


def _read_file(talk: Talk, file: Attached, language: str) -> Article | Reply:
    """The article in a file. Whose it is and where it stood are the file's own word, which anybody can write: only of
    a page that was fetched are they known."""
    found = read_one(file.name, file.content, talk.web.workers) if file.content else None
    if not isinstance(found, Article) or len(found.text) > LONGEST:
        return Reply(say(language, "error.file", name=file.name[:_LONGEST_NAME]))
    return replace(found, source=None, url=None)


def _add_quoted(talk: Talk, quoted: Quoted, language: str) -> tuple[Reply, ...]:
    text = clean(quoted.text).strip()
    return _add(talk, f"forward:{digest(text)}", text, quoted.source, language, quoted.on)


def _add(
    talk: Talk, name: str, text: str, source: str | None, language: str, published: date | None = None
) -> tuple[Reply, ...]:
    """Store an article. A paste has no date of its own: today is when it was pasted, not when it was published. A
    forward counts with its channel, a paste with what people bring."""
    article = Article(id=name, text=text, source=source or None, published=published)
    kind = SourceKind.CHANNEL if source else SourceKind.PERSON
    with talk.thinking:
        added = talk.service.add_article(article, now=talk.clock(), kind=kind)
    return replies.added(added, language)


def digest(text: str) -> str:
    """A short name for a text: the same paste twice is one article."""
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
