"""The line of arrows of every class is read back as its arcs, and differs from all others."""

from __future__ import annotations

import re

import pytest

from motifcount.motifs import wording
from motifcount.motifs.families import FAMILIES, TETRADS, find

NAMES = list(dict.fromkeys(name for family in FAMILIES for name in family.names))
TEXTS = {
    "mutual": "a ⇄ b",
    "asymmetric": "a → b",
    "null": "a; b",
    "003": "a; b; c",
    "012": "a → b; c",
    "102": "a ⇄ b; c",
    "021D": "b ← a → c",
    "021U": "b → a ← c",
    "021C": "b → a → c",
    "111D": "b ⇄ a ← c",
    "111U": "b ⇄ a → c",
    "030T": "a → b → c; a → c",
    "030C": "a → b → c → a",
    "201": "b ⇄ a ⇄ c",
    "120D": "a ← b → c; a ⇄ c",
    "120U": "a → c ← b; a ⇄ b",
    "120C": "b → c → a; b ⇄ a",
    "210": "b → c ⇄ a ⇄ b",
    "300": "a ⇄ b ⇄ c ⇄ a",
    "out_star": "a → {b, c, d}",
    "in_star": "{a, b, c} → d",
    "chain4": "a → b → c → d",
    "y_out": "a → b → {c, d}",
    "y_in": "{a, b} → c → d",
    "chain_then_in": "a → b → c ← d",
    "out_then_chain": "b ← a → c → d",
    "zigzag": "a → c ← b → d",
    "bifan": "{a, b} → {c, d}",
    "biparallel": "a → {b, c} → d",
    "4740": "a → c → b → d → a",
    "4382": "a ⇄ {b, c, d}",
    "13260": "{a, b} ⇄ {c, d}",
    "344": "b → c → a → d; b → a",
    "2254": "a → b → c → d; a → c; a → d; b → d",
    "31710": "a ⇄ b ⇄ c ⇄ d ⇄ a; a ⇄ c; b ⇄ d",
}


def read(text):
    """Return nodes and arcs, by a grammar in which every text has one reading."""
    nodes, arcs = set(), set()
    for chain in text.split("; "):
        first, *others = re.split(" ([→←⇄]) ", chain)
        group = read_group(first)
        nodes |= group
        for symbol, word in zip(others[::2], others[1::2], strict=True):
            group, before = read_group(word), group
            nodes |= group
            arcs |= {(u, v) for u in before for v in group if symbol in "→⇄"}
            arcs |= {(v, u) for u in before for v in group if symbol in "←⇄"}
    return nodes, arcs


def read_group(word):
    assert re.fullmatch(r"[a-d]|\{[a-d](, [a-d])+\}", word)
    return set(word.strip("{}").split(", "))


@pytest.mark.parametrize("name", NAMES)
def test_the_text_says_exactly_the_arcs_by_the_letters_of_roles(name):
    family, _ = find(name)
    nodes, arcs = read(wording.arrows(name))
    assert nodes == set("abcd"[: family.size])
    assert arcs == {("abcd"[u], "abcd"[v]) for u, v in family.arcs[name]}


def test_no_link_is_said_twice():
    for name, arcs in TETRADS.arcs.items():
        text = wording.arrows(name)
        if "{" not in text:
            assert sum(text.count(symbol) for symbol in "→←⇄") == len({frozenset(arc) for arc in arcs})


def test_texts_of_well_known_classes():
    assert {name: wording.arrows(name) for name in TEXTS} == TEXTS
    assert wording.arrows("feed_forward_loop") == TEXTS["030T"]
    assert wording.arrows("204") == TEXTS["bifan"]


def test_texts_differ():
    assert len({wording.arrows(name) for name in NAMES}) == len(NAMES) == 3 + 16 + 199


@pytest.mark.parametrize("name", [204, ["bifan"], None])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(TypeError, match="name must be a motif class such as 030T, bifan or 4740, not"):
        wording.arrows(name)
