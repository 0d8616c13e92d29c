"""robots.txt as RFC 9309 reads it: groups, the longest rule wins, "*" and "$".

The standard library's parser takes the first rule that fits and knows no wildcards, so that it allows much of what
sites forbid today; patterns are matched here without regular expressions, in time that grows with their length only.
"""

from dataclasses import dataclass
from urllib.parse import quote

#: what is read of a file, and how many rules of it
LONGEST, MOST = 500_000, 5000
_SAFE = "%/:?#[]@!$&'()*+,;=~"


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site allows: (is allowed, pattern), and the seconds that it wants between two requests."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether a path with its query may be asked for."""
        spelled = quote(path, safe=_SAFE)
        best, allowed = -1, True
        for allows, pattern in self.rules:
            if len(pattern) >= best and (len(pattern) > best or allows) and _fits(pattern, spelled):
                best, allowed = len(pattern), allows
        return allowed or spelled == "/robots.txt"


def read_robots(content: bytes, agent: str) -> Robots:
    """The rules for one agent: those of the groups that name it, else those for everybody."""
    groups: dict[str, list[tuple[str, str]]] = {}
    names: list[str] = []
    is_heading = False
    for line in content[:LONGEST].decode("utf-8-sig", "replace").splitlines():
        field, colon, value = (part.strip() for part in line.split("#", 1)[0].partition(":"))
        field = field.lower()
        if field == "user-agent" and colon:
            names = [*names, value.lower()] if is_heading else [value.lower()]
            groups.setdefault(value.lower(), [])
            is_heading = True
        elif field in ("allow", "disallow", "crawl-delay"):
            is_heading = False
            for name in names[:20]:
                groups[name].append((field, value))
    mine = groups.get(agent.lower(), groups.get("*", []))
    rules = [(field == "allow", quote(value, safe=_SAFE)) for field, value in mine if field != "crawl-delay" and value]
    delays = [float(value) for field, value in mine if field == "crawl-delay" and value.isdecimal() and len(value) < 6]
    return Robots(tuple(rules[:MOST]), max(delays, default=0.0))


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern fits the beginning of a path, or all of it where it ends in "$"."""
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not pattern.endswith("$") or path == first
    at = len(first)
    for piece in rest[:-1]:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    last = rest[-1]
    if pattern.endswith("$"):
        return path.endswith(last) and len(path) - len(last) >= at
    return path.find(last, at) >= 0
