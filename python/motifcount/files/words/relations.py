"""Words for relations between the nodes of an edge, and which of them lead backward."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RELATIONS = _words(
    """+ - +- -+ +/- ? activates inhibits represses activation inhibition repression activator repressor dual unknown
    binds binding regulates regulation expression phosphorylation dephosphorylation ubiquitination pp pd pr rc cr gg
    pm mp dp -> --> => -| --| ⊣ → induces stimulates promotes suppresses positive negative excitatory inhibitory
    interacts activate inhibit repress eats up down ach gaba glut"""
)
UNDIRECTED = frozenset(["--", "<->", "<-->", "—", "–", "---", "undirected", "bidirectional", "mutual"])
BACKWARDS = frozenset(["<-", "<--", "<=", "←", "<|-", "|-", "⊢"])
_PASSIVE = re.compile(r"[a-z].*(?<=[a-z])[ _-]?by", re.DOTALL)
_BACKWARD = _words(
    """backward backwards reverse reversed inverse targetof istargetof receives receivesfrom receivesinputfrom hashost
    postsynapticto downstreamof afferent"""
)
_EATEN = re.compile(r"(is|are)?(eaten|preyedup?on|preyedon|consumed|grazed|killed)by")
EATING = _words("eats preyson preysupon predates consumes grazes grazeson feedson kills")


def _plain(word: str) -> str:
    return re.sub("[^a-z]", "", word.lower())


def leads_backward(word: str) -> bool:
    """Tell whether a word says that the second node acts on the first: "<-", "regulated by", "targetOf"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word.strip()).lower()
    return word.strip() in BACKWARDS or _plain(word) in _BACKWARD or _PASSIVE.fullmatch(spaced) is not None


def is_eaten(word: str) -> bool:
    """Tell whether a word says that the first node is eaten: backward as a verb, and forward as energy flows."""
    return _EATEN.fullmatch(_plain(word)) is not None
