"""One article, one address: what campaigns, phones and mirrors add to an address is taken off again."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

#: parameters that say how a reader came, or how the page is laid out, and nothing about which page it is
_NOISE = re.compile(
    r"utm_\w+|\w*clid|mc_[ce]id|_ga|_gl|igsh(?:id)?|cmpid|ocid|spm|xtor|smid|smtyp|ref(?:_src|errer)?|share\w*"
    r"|at_\w+|wt_mc|ito|amp|outputtype|usqp|__twitter_impression|s_cid|guce\w*|fb_action\w*",
    re.IGNORECASE,
)
#: and these say which part of it
_PARTS = {"page": ("all", "1"), "single": ("1", "true"), "showpage": ("all",), "view": ("all",), "output": ("amp",)}
_MIRRORS = ("www.", "m.", "amp.", "mobile.", "touch.")
_AMP_PATH = re.compile(r"/amp(?:\.html)?/?$|\.amp(?=\.html$|$)|(?<=\w)-amp(?=\.html$|$)|^/amp(?=/)", re.IGNORECASE)
#: what names an article in its path: the words of its title, or its number
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){2,}|\d{5,}", re.IGNORECASE)
#: caches that show pages of others under their own name
_CACHES = ("cdn.ampproject.org", "www.google.com", "www.bing-amp.com")


def tidied(url: str) -> str:
    """An address without its fragment, default port, and parameters that do not say which page it is."""
    parts = urlsplit(url.strip())
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
        if not _NOISE.fullmatch(name) and value.lower() not in _PARTS.get(name.lower(), ())
    ]
    return urlunsplit((scheme, f"{host}{port}", parts.path or "/", urlencode(kept), ""))


def canonical(url: str, declared: str | None) -> str:
    """The address that stands for an article: what its page calls canonical, as far as that is a page of the same site,
    else its own. Another site is never believed: it would let a page pass for an article of a paper it is not."""
    try:
        own = tidied(url)
        if declared:
            other = tidied(urljoin(url, declared))
            if _is_mirror(own, other):
                # many a page still names the address that it had before it was encrypted
                return other.replace("http://", "https://", 1) if own.startswith("https://") else other
    except ValueError:
        return url
    return _without_amp(own)


def _is_mirror(own: str, other: str) -> bool:
    """Whether `other` may stand for `own`: a page, no front page, of the same site or of the one that a cache shows."""
    here, there = urlsplit(own), urlsplit(other)
    if there.scheme not in ("http", "https") or not there.hostname:
        return False
    if there.path == "/" and not there.query and here.path != "/":
        return False
    mine, others = here.hostname or "", there.hostname
    if _plain(mine) == _plain(others):
        return True
    if any(mine == cache or mine.endswith(f".{cache}") for cache in _CACHES):
        return _plain(others) in here.path
    # amp.paper.example shows the pages of news.paper.example
    return mine != _plain(mine) and others.endswith(f".{_plain(mine)}")


def is_one_site(url: str, other: str) -> bool:
    """Whether two addresses are of one site."""
    return _plain(urlsplit(url).hostname or "") == _plain(urlsplit(other).hostname or "")


def is_one_article(url: str, other: str) -> bool:
    """Whether two addresses of a site with the same text may be one article's, told by the part that names it."""
    names = [set(_NAME.findall(urlsplit(tidied(one)).path)) for one in (url, other)]
    return bool(names[0] & names[1])


def _plain(host: str) -> str:
    """A host without the names of its mirrors."""
    for mirror in _MIRRORS:
        if host.startswith(mirror) and host.count(".") > 1:
            return host.removeprefix(mirror)
    return host


def _without_amp(url: str) -> str:
    """The address of the page that an AMP or mobile address mirrors, where the page itself does not say it."""
    parts = urlsplit(url)
    path = _AMP_PATH.sub("", parts.path) or "/"
    host = parts.netloc
    for mirror in ("amp.", "m.", "mobile."):
        if host.startswith(mirror) and host.count(".") > 1:
            host = host.removeprefix(mirror)
    return urlunsplit((parts.scheme, host, path, parts.query, ""))
