"""Why something from outside is not read. The reasons are keys of the locale files' table `refused`."""

from enum import StrEnum


class Reason(StrEnum):
    """A plain reason, which says nothing about the network that claimbot runs in."""

    NOT_WEB = "not a web address"
    NOT_PUBLIC = "not a public address"
    ROBOTS = "its robots.txt does not allow it"
    REDIRECTS = "redirected too often"
    CERTIFICATE = "its certificate is not valid"
    KIND = "neither a page nor a feed"
    LARGE = "too large"
    COMPRESSED = "compressed in a way that is not read"
    DAMAGED = "its content is damaged"
    # pages that are none
    NO_ARTICLE = "no article in this page"
    ABSURD = "its markup is absurd"
    HEAVY = "reading it takes too much"
    SHORT = "too short for an article"
    LIST = "a list of articles"
    LOGIN = "behind a login"
    CONSENT = "a question for consent"
    NOT_FOUND = "there is no such page"
    GONE = "the page is gone"
    FURNITURE = "nothing but the frame of a page"
    SAME = "its text stands under many addresses"
    # what may be different the next time
    FAILED = "the site cannot give it now"
    SLOW = "took too long"
    SILENT = "no connection"
    BROKEN = "broke off"
    BUSY = "too much is asked of this site at once"
    ROBOTS_UNKNOWN = "its robots.txt cannot be read now"
    CLOSED = "claimbot is stopping"


class Refused(Exception):
    """What an address leads to is not read: `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Unreachable(Refused):
    """It could not be had this time; a later try may succeed."""
