"""OPML, the list of feeds that readers exchange: in and out."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

#: longer files are no lists of feeds
LONGEST = 5_000_000


class OpmlError(ValueError):
    """What was given is no OPML."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list."""

    url: str
    title: str
    #: the heading that it stands under
    topic: str | None


def read_opml(content: bytes) -> list[Outline]:
    """The feeds of a list, in order. Raises OpmlError."""
    if len(content) > LONGEST:
        raise OpmlError("too large for a list of feeds")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise OpmlError(f"no OPML: {error}") from error
    if root.tag != "opml":
        raise OpmlError("no OPML: it begins with another element")
    found = []
    for outline in root.iter("outline"):
        url = _attribute(outline, "xmlUrl")
        if url:
            above = outline.getparent()
            heading = _title(above) if above is not None and above.tag == "outline" else ""
            found.append(Outline(url, _title(outline), heading or None))
    return found


def write_opml(outlines: Iterable[Outline]) -> bytes:
    """A list of feeds, by heading."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "claimbot"
    body = etree.SubElement(root, "body")
    headings: dict[str, etree._Element] = {}
    for one in outlines:
        above = body
        if one.topic:
            above = headings.get(one.topic) or etree.SubElement(body, "outline", text=_legal(one.topic))
            headings[one.topic] = above
        etree.SubElement(above, "outline", type="rss", text=_legal(one.title), xmlUrl=one.url)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _attribute(outline: "etree._Element", name: str) -> str:
    """An attribute, however its name is capitalised."""
    return next((str(value).strip() for key, value in outline.attrib.items() if str(key).lower() == name.lower()), "")


def _title(outline: "etree._Element") -> str:
    return _attribute(outline, "text") or _attribute(outline, "title")


def _legal(text: str) -> str:
    """Text that XML can hold."""
    return "".join(char for char in text if char >= " " and char not in "\ufffe\uffff")
