"""Which addresses may be asked at all: http(s) on the web's two ports, and hosts of the public internet."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from bot.reading.refused import Reason, Refused

PORTS = {"http": 80, "https": 443}
#: longer addresses lead to no article
LONGEST = 2000
_CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")
#: a host that ends in a number is an IPv4 address, however it is spelled; only the plain spelling is taken
_NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)\.?$", re.IGNORECASE)

# Beyond what `is_global` knows: shared and benchmarking space, relays, documentation, and addresses that carry another
# one inside them (6to4, Teredo), which would smuggle a private one past the check. 168.63.129.16 is the host itself on
# one large cloud.
_V4 = [
    ipaddress.ip_network(one)
    for one in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"),
        *("192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4"),
    )
]
#: all that is given out on the internet; IPv4-mapped, NAT64, link-local, site-local and multicast lie outside
_V6_UNICAST = ipaddress.ip_network("2000::/3")
_V6 = [
    ipaddress.ip_network(one) for one in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
]


def is_public(address: str) -> bool:
    """Whether a literal address belongs to the public internet; anything that is no plain literal does not."""
    try:
        literal = ipaddress.ip_address(address)
    except ValueError:
        return False
    if not literal.is_global or literal.is_multicast:
        return False
    if isinstance(literal, ipaddress.IPv4Address):
        return not any(literal in network for network in _V4)
    return literal.scope_id is None and literal in _V6_UNICAST and not any(literal in network for network in _V6)


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked, in its parts. `host` and `path` are as they go over the wire."""

    url: str
    scheme: str
    host: str
    path: str

    @property
    def port(self) -> int:
        """The scheme's own port: the only ones that are dialled are 80 and 443."""
        return PORTS[self.scheme]

    def join(self, location: str) -> "Target":
        """Where a redirect from here leads. Raises Refused."""
        return target(urljoin(self.url, location))


def target(url: str) -> Target:
    """An address taken apart. Raises Refused where it is none of the web's."""
    written = url.strip()
    if len(written) > LONGEST or _CONTROL.search(written):
        raise Refused(Reason.NOT_WEB)
    try:
        parsed = httpx.URL(written).copy_with(fragment=None)
        host, path = parsed.raw_host.decode("ascii"), parsed.raw_path.decode("ascii")
    except (httpx.InvalidURL, ValueError) as error:  # UnicodeError is a ValueError
        # the scheme is right and the host is none, such as 0177.0.0.1
        is_web = written.lower().startswith(("http://", "https://"))
        raise Refused(Reason.NOT_PUBLIC if is_web else Reason.NOT_WEB) from error
    if parsed.scheme not in PORTS or parsed.userinfo or parsed.port not in (None, PORTS[parsed.scheme]):
        raise Refused(Reason.NOT_WEB)
    if not host or "%" in host or len(host) > 253:
        raise Refused(Reason.NOT_WEB)
    if _NUMBER.search(host) and ":" not in host and not is_public(host):
        raise Refused(Reason.NOT_PUBLIC)
    return Target(str(parsed), parsed.scheme, host, path)
