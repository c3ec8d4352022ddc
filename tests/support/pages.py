"""A page of HTML, read as a browser does, but strictly: what is opened is closed in its turn, and lies where it may."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_VOID = ("meta", "link", "img", "br", "hr", "input")
_CHILDREN = {  # of an element that may not hold any other
    "dl": {"dt", "dd"},
    "ol": {"li"},
    "ul": {"li"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
}
_WITHIN = {  # what may lie nowhere else
    **{
        child: {parent for parent, held in _CHILDREN.items() if child in held}
        for child in set().union(*_CHILDREN.values())
    },
    "figcaption": {"figure"},
    "summary": {"details"},
}
_OF_WORDS = {"a", "b", "caption", "code", "h1", "h2", "h3", "h4", "i", "p", "pre", "small", "span", "summary", "title"}
_BLOCKS = {"details", "div", "dl", "figure", "h1", "h2", "h3", "h4", "ol", "p", "pre", "section", "table", "ul"}


class Page(HTMLParser):
    """What a page refers to, and its text."""

    def __init__(self, html):
        super().__init__()
        self.references, self.ids, self.text, self.open = [], [], [], []
        self.children = []  # of each element that is open, the tags so far
        self.feed(html)
        self.close()
        assert self.open == []
        assert sorted(set(self.ids)) == sorted(self.ids)
        targets = {reference[1:] for reference in self.references if reference.startswith("#")}
        targets |= set(re.findall(r"url\(#([^)]+)\)", html))
        assert targets <= set(self.ids)

    def handle_starttag(self, tag, attrs):
        self.references += [value for name, value in attrs if name in ("src", "href", "data", "srcset", "xlink:href")]
        self.ids += [value for name, value in attrs if name == "id"]
        assert len(dict(attrs)) == len(attrs)
        self.place(tag)
        if tag not in _VOID:
            self.open.append(tag)
            self.children.append([])

    def place(self, tag):
        """Refuse an element where the standard allows none of its kind."""
        parent = self.open[-1] if self.open else None
        before = self.children[-1] if self.children else []
        place = f"<{tag}> in <{parent}> after {before[-1:]}"
        assert parent not in _CHILDREN or tag in _CHILDREN[parent], place
        assert tag not in _WITHIN or parent is None or parent in _WITHIN[tag], place
        assert tag not in _BLOCKS or not _OF_WORDS & set(self.open), place
        assert tag not in ("caption", "summary") or not before, place
        assert parent != "figure" or "figcaption" not in before[1:], place
        before.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()
            self.children.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.children.pop()

    def handle_data(self, data):
        self.text.append(data)

    def words(self):
        """The text, with a blank between words."""
        return " ".join(" ".join(self.text).split())
