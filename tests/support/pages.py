"""A page of HTML, read as a browser does, but strictly: every element that is opened is closed in its turn."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_VOID = ("meta", "link", "img", "br")


class Page(HTMLParser):
    """What a page refers to, and its text."""

    def __init__(self, html):
        super().__init__()
        self.references, self.ids, self.text, self.open = [], [], [], []
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
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def words(self):
        """The text, with a blank between words."""
        return " ".join(" ".join(self.text).split())
