"""What a study says about motifs: the right headline and verdict for results that are known, and its intervals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from motifcount import study
from motifcount.study import findings, similarity, voice

CONFIG = replace(study.preset("default"), permutations=999)
SPREAD = np.array([-0.5, 0.3, 0.1, -0.2, 0.4, -0.1])  # of networks around their mean


def frames(n=6, agreement=0.4, p=0.03, **means):
    """Tables of n networks: mean z of (bi-fan, bi-parallel) under degree by condition; ten times that under cover."""
    given = {"trained": (5.0, 4.0), "untrained": (0.0, 0.0), "shuffled": (9.0, 8.0)} | means
    rows = [
        {"condition": condition, "null": null, "class": name, "network": k, "optimum": True, "z": factor * z}
        for null, factor in (("degree", 1), ("cover", 10))
        for condition, both in given.items()
        for name, mean in zip(("bifan", "biparallel"), both, strict=True)
        for k, z in enumerate((mean + SPREAD[:n]).tolist())
    ]
    rows.append(rows[0] | {"optimum": False, "z": 1e6})  # another stage
    alike = {"null": "degree", "within": 0.9, "within_control": 0.9 - agreement, "agreement": agreement}
    similar = [alike | {"control": control, "agreement_p": p} for control in ("untrained", "shuffled")]
    return {"z": pd.DataFrame(rows), "similarity": pd.DataFrame(similar)}


def test_intervals_are_students():
    values = np.random.default_rng(1).normal(3, 2, 9)
    found = findings.interval(values)
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    assert found[:3] == pytest.approx((values.mean(), expected.low, expected.high))
    assert (findings.interval([2.0]).sign, str(findings.interval([2.0]))) == (0, "+2.0")
    assert [findings.interval(x).sign for x in ([1, 1.1, 1.2], [-1, -1.1, -1.2], [-1, 1])] == [1, -1, 0]


@pytest.mark.parametrize("n", [5, 14])
def test_p_of_differences(n):
    """All swaps, and random ones, against scipy's own enumeration or normal approximation."""
    differences = np.random.default_rng(n).normal(0.5, 1, n)
    found = similarity.difference_p(differences, 9999, seed=1)
    signs = np.array(np.meshgrid(*[(-1, 1)] * n)).reshape(n, -1).T
    exact = (np.abs((signs * differences).mean(axis=1)) >= abs(differences.mean()) - 1e-12).mean()
    assert found == pytest.approx(exact, abs=1e-12 if n == 5 else 0.02)


HEADLINES = {
    "more": ({}, "Trained networks have more bi-fans and bi-parallels than their degrees explain"),
    "one": ({"trained": (5.0, 0.0)}, "Trained networks have more bi-fans than their degrees explain"),
    "both ways": (
        {"trained": (5.0, -4.0)},
        "Trained networks have more bi-fans, but fewer bi-parallels than their degrees explain",
    ),
    "none": ({"trained": (0.0, 0.0)}, "Trained networks have no clear excess of bi-fans or bi-parallels over what"),
    "alone": ({"n": 1}, "One network alone tells little"),
}


@pytest.mark.parametrize("case", HEADLINES)
def test_headlines(case):
    given, expected = HEADLINES[case]
    assert findings.headline(frames(**given)).startswith(expected)


def test_the_conclusion():
    first, untrained, shuffled, alike, uncertain = findings.sentences(CONFIG, frames())
    own = findings.interval(5 + SPREAD)
    assert f"+5.0 (+{own.low:.1f} to +{own.high:.1f}) for bi-fans" in first
    assert "+50.0" in first.split("cover")[1]
    assert "+5.0 (+5.0 to +5.0) for bi-fans (p = 0.031)" in untrained
    assert untrained.endswith("So training leaves more bi-fans and bi-parallels than pruning alone.")
    assert "−4.0" in shuffled
    assert shuffled.endswith("they do not show that the task was learnt: training of any kind may leave them.")
    assert "resemble each other more than untrained ones do (mean cosine +0.90 against +0.50, p = 0.03)" in alike
    assert "over 6 networks" in uncertain
    assert "0.031 at least" in uncertain


def test_the_conclusion_where_it_is_otherwise():
    told = findings.sentences(CONFIG, frames(agreement=-0.2, untrained=(5.0, 4.0), shuffled=(0.0, 0.0)))
    assert told[1].endswith("do not show that training leaves more than pruning alone.")
    assert told[2].endswith("So learning the task adds bi-fans and bi-parallels.")
    some = findings.sentences(CONFIG, frames(untrained=(5.0, 0.0)))
    assert some[1].endswith("So training leaves more bi-parallels than pruning alone.")
    assert "resemble each other less than" in told[3]
    assert "not clearly more or less than" in findings.sentences(CONFIG, frames(p=0.2))[3]
    assert len(findings.sentences(CONFIG, frames(n=1))) == 3


def test_nothing_is_said_of_nothing():
    empty = {name: table[:0] for name, table in frames().items()}
    assert findings.headline(empty) == "No network can be tested for its motifs"
    assert findings.sentences(CONFIG, empty) == []


def test_long_steps_say_how_far_they_are(monkeypatch):
    clock, lines = iter(range(0, 1000, 5)), []
    monkeypatch.setattr(voice, "_clock", lambda: next(clock))
    speaker = voice.Voice(lines.append, None)
    monkeypatch.setattr("sys.stderr.isatty", lambda: False)
    speaker.tell("training")
    progress = speaker.of_step("training")
    for done in range(12):
        progress(done, 100)
    progress(0, 0)  # where everything was there already
    assert lines[0] == "training"
    assert 3 <= len(lines) <= 5
    assert lines[1].startswith("training: ")
    assert voice.Voice(lines.append, True).of_step("x") is True
    assert voice.Voice(None, None).of_step("x") is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert speaker.of_step("x") is None
