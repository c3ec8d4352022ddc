"""Which dialect a text has: the delimiter that divides all lines alike, or a refusal that names those that could."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import replace

from motifcount.files.options import Options
from motifcount.files.text.dialect import DATA, IN_WORDS, Dialect, Keys, data_in
from motifcount.files.words import named_ends, weight_names
from motifcount.files.words.labels import is_number
from motifcount.files.words.numerals import has_comma

_ARROW = re.compile(r"(?<!\S)-\|(?=\s)")
_BLANK_BEHIND_QUOTE = re.compile(r'"[^"]*" +([|,;])')
_PAIR = re.compile(r"\(\s*\d+\s*,\s*\d+\s*\)")


def detect(head: Sequence[str], raw: bytes, options: Options) -> Dialect:
    """Return the dialect of a text by its first lines.

    Raises
    ------
    ValueError
        If no delimiter divides all lines alike, or several do with different readings.
    """
    quoted = b'"' in raw
    delimiter = options.known_delimiter if options.delimiter is None else options.delimiter
    if delimiter is None and all(map(DATA.match, head)):
        inner = [match[1] for line in head if (match := DATA.match(line))]
        found = _choose(inner, quoted, options)
        return replace(found, has_data=True, keys=_keys(head, options))
    if delimiter is None:
        _refuse_brackets(head)
    if delimiter in (None, " "):
        _refuse_semicolons_at_ends(head)
    if delimiter is not None:
        delimiter = None if delimiter == " " else delimiter
        dialect = Dialect(delimiter, quoted and (delimiter is None or len(delimiter) == 1))
        return replace(dialect, n_columns=max(2, _usual(dialect, head)))
    return _choose(head, quoted, options)


def _refuse_brackets(head: Sequence[str]) -> None:
    """Refuse data in braces behind some lines alone, and lines that stand in brackets."""
    has_names = any(named_ends.are_known(head[0].strip().split(mark)) for mark in IN_WORDS)
    for line in () if has_names else head:
        match = DATA.match(line) if line.rstrip().endswith("}") else None
        if match is not None and _is_data(match[2]):
            raise ValueError(
                f"some lines end with data in braces, as {line.strip()[:60]!r}, and others do not; lists of neighbours "
                "are read by networkx.read_multiline_adjlist, and lists of edges written by networkx.write_edgelist"
            )
    lines = [line.strip().rstrip(",;").strip() for line in head]
    if all(line[:1] + line[-1:] in ("()", "[]", "{}") or _PAIR.match(line) for line in lines):
        raise ValueError(f"lines stand in brackets, as {lines[0][:60]!r}; leave the brackets out")


def _is_data(text: str) -> bool:
    try:
        data_in(text)
    except csv.Error:
        return False
    return True


def _keys(head: Sequence[str], options: Options) -> Keys:
    """Return the keys of weights and of kinds in the data behind edges: those that the user says, or a known name."""
    known: dict[str, None] = {}
    for line in head:
        match = DATA.match(line)
        try:
            known |= dict.fromkeys(map(str, data_in(match[2]))) if match else {}
        except csv.Error as error:
            raise ValueError(str(error)) from error
    names = list(known)
    for option in ("weight", "kinds"):
        said = getattr(options, option) if option == "weight" else options.kind_column
        if said is not None and said not in names:
            listed = ", ".join(map(repr, names[:20])) or "none"
            raise ValueError(f"{options.say(option, said)}: no edge has this in its data; there are {listed}")
    position = weight_names.weight(names, (-1, -1))
    weight = names[position] if position is not None and options.weight is None else options.weight
    kinds = options.kind_column
    return (None if weight is None else str(weight)), (None if kinds is None else str(kinds))


def _choose(head: Sequence[str], quoted: bool, options: Options) -> Dialect:
    if mark := next((mark for mark in IN_WORDS if mark and not Dialect(mark, False).filled(head)), None):
        raise ValueError(
            f"every line holds {IN_WORDS[mark]} alone, between fields that are empty; if they are labels, say "
            f"{options.say('delimiter', ' ')}"
        )
    _refuse_blanks_behind_quotes(head)
    fitting = [dialect for mark in IN_WORDS if (dialect := _fits(Dialect(mark, quoted), head)) is not None]
    named = [dialect for dialect in fitting if named_ends.are_known(next(dialect.rows(dialect.filled(head))))]
    if named:
        return named[0]
    others = [dialect for dialect in fitting if dialect.delimiter != "|"]
    are_arrows = _inhibits(head) and all(line.count("-|") == len(_ARROW.findall(line)) for line in head)
    if (are_arrows or (_inhibits(head) and not others)) and not _ends_labels(head):
        fitting = others  # the bar belongs to an arrow
    if not fitting:
        raise ValueError(_misfit(head, quoted, options))
    if len(fitting) == 1:
        return fitting[0]
    found = _preferred(fitting, head)
    others = [dialect for dialect in fitting if dialect is not found and _is_whole(dialect, head)]
    if found is not None and (not others or _is_whole(found, head)):
        return found
    likely = list(dict.fromkeys([*filter(None, [found]), *others, *fitting]))[:2]
    first, second = sorted(likely, key=fitting.index)
    ways = " or ".join(options.say("delimiter", dialect.delimiter or " ") for dialect in (first, second))
    raise ValueError(
        f"the lines can be divided by {IN_WORDS[first.delimiter]} and by {IN_WORDS[second.delimiter]}; say which with "
        f"{ways}"
    )


def _refuse_semicolons_at_ends(head: Sequence[str]) -> None:
    """Refuse lines of MATLAB, which blanks divide and semicolons end."""
    lines = [line.strip() for line in head]
    if all(line.find(";") == len(line) - 1 and len(line.split()) > 1 for line in lines):
        raise ValueError(
            f"semicolons end the lines, as {lines[0][:60]!r}, and blanks divide them; leave the semicolons out"
        )


def _refuse_blanks_behind_quotes(head: Sequence[str]) -> None:
    """Refuse quotes with a blank before the delimiter."""
    lines = [line.strip() for line in head]
    for line in lines:
        if len(lines) > 1 and (match := _BLANK_BEHIND_QUOTE.match(line)):
            raise ValueError(f"a blank stands between a quote and {match[1]!r} in {line[:60]!r}; leave it out")


def _preferred(fitting: Sequence[Dialect], head: Sequence[str]) -> Dialect | None:
    """Return the one of several dialects that people mean, None if that does not show."""
    by_mark = {dialect.delimiter: dialect for dialect in fitting}
    if tabs := by_mark.get("\t"):
        others = [other for other in fitting if other.delimiter not in ("\t", None) and _is_whole(other, head)]
        return None if any(other.n_columns == tabs.n_columns for other in others) else tabs
    if {",", ";"} <= by_mark.keys() and _all_decimal_commas(by_mark[";"], head):
        return by_mark[";"]
    explicit = [dialect for dialect in fitting if dialect.delimiter]
    if len(explicit) == 1 and not (None in by_mark and _blanks_may_divide(explicit[0], by_mark[None], head)):
        return explicit[0]
    return None


def _is_whole(dialect: Dialect, head: Sequence[str]) -> bool:
    """Tell whether a dialect leaves no field empty, and none out."""
    rows = list(dialect.rows(dialect.filled(head)))
    if all(len(row) > 2 and row[-1].strip() == "" for row in rows):  # a delimiter ends every line
        rows = [row[:-1] for row in rows]
    return len(set(map(len, rows))) == 1 and all(field.strip() for row in rows for field in row)


def _blanks_may_divide(explicit: Dialect, blanks: Dialect, head: Sequence[str]) -> bool:
    """Tell whether blanks give edges too, with the other mark inside of numbers or labels."""
    mark = explicit.delimiter or ""
    if mark == "," and _all_decimal_commas(blanks, head):
        return True
    beside = re.compile(r"\s+\|\s+" if mark == "|" else rf"\s*{mark}\s+")  # as in "a, b" or "a | b"
    lines = [line.strip() for line in explicit.filled(head)]
    if _is_whole(explicit, lines) and all(len(beside.findall(line)) == line.count(mark) for line in lines):
        lines = [beside.sub(mark, line) for line in lines]
    found = _fits(Dialect(None, blanks.quoted), lines)
    return found is not None and (found.n_columns == 2 or all(is_number(row[-1]) for row in found.rows(lines[1:])))


def _inhibits(head: Sequence[str]) -> bool:
    """Return whether '-|', a usual arrow of inhibition, occurs."""
    return any("-|" in line for line in head)


def _ends_labels(head: Sequence[str]) -> bool:
    """Tell whether bars stand behind labels, with blanks behind them alone, as in "a| -| b"."""
    return all(any(field[-1] == "|" and field != "-|" for field in line.split()) for line in head)


def _all_decimal_commas(dialect: Dialect, head: Sequence[str]) -> bool:
    found = [field.strip() for row in dialect.rows(head) for field in row if "," in field]
    return bool(found) and all(map(has_comma, found))


def _usual(dialect: Dialect, head: Sequence[str]) -> int:
    try:
        lengths = [len(row) for row in dialect.rows(dialect.filled(head))]
    except csv.Error:
        return 0
    return max(set(lengths), key=lengths.count, default=0)


def _fits(dialect: Dialect, head: Sequence[str]) -> Dialect | None:
    """Return the dialect with its number of columns if all lines have as many; a first line may have others."""
    try:
        rows = list(dialect.rows(dialect.filled(head)))
    except csv.Error:
        return None
    lengths = list(map(len, rows))
    below = set(lengths[1:]) or set(lengths)
    if len(below) != 1 or (n := below.pop()) < 2:
        return None
    first_fits = lengths[0] == n or 2 <= lengths[0] == n - 1 or all(map(is_number, rows[0]))
    return replace(dialect, n_columns=n) if first_fits else None


def _misfit(head: Sequence[str], quoted: bool, options: Options) -> str:
    """Say why no delimiter fits: a title, or the first line that differs from those above."""
    for divider in filter(None, IN_WORDS):
        if len(head) > 2 and divider not in head[0] and _fits(Dialect(divider, quoted), head[1:]) is not None:
            return f"{{line 0}}, {head[0].strip()[:60]!r}, stands alone: a title (leave it out), or no edge"
    best: tuple[int, Dialect, list[int]] | None = None
    for mark in ("\t", ";", ",", "|", None):
        dialect = Dialect(mark, quoted)
        try:
            lengths = [len(row) for row in dialect.rows(dialect.filled(head))]
        except csv.Error:
            continue
        agreeing = lengths.count(lengths[0]) if max(lengths[:1], default=0) >= 2 else 0
        if agreeing and (best is None or agreeing > best[0]):
            best = agreeing, dialect, lengths
    if best is None and quoted and any(_usual(Dialect(mark, quoted), head) == 0 for mark in IN_WORDS):
        return f"{head[0].strip()[:60]!r} or a line below has a quote that does not close, or text behind a closing one"
    if best is None:
        way = options.say("delimiter", "->") if any("->" in line for line in head) else options.say("delimiter")
        return (
            f"{head[0].strip()[:60]!r} must hold a source and a target, divided by tabs, commas, semicolons or blanks; "
            f"other marks are named with {way}"
        )
    _, dialect, lengths = best
    if dialect.delimiter == "|" and _inhibits(head):
        return (
            f"'-|' in {head[0].strip()[:60]!r} or a line below is an arrow, or ends a label before the delimiter '|'; "
            f"say which with {options.say('delimiter', '-|')} or {options.say('delimiter', '|')}"
        )
    k = next(k for k, length in enumerate(lengths) if length != lengths[0])
    line = dialect.filled(head)[k]
    return (
        f"{{line {head.index(line)}}} must have {lengths[0]} columns like the first, not {lengths[k]}: "
        f"{line.strip()[:60]!r}; lists of neighbours are read by "
        f"networkx.read_adjlist(path, create_using=networkx.DiGraph), other marks between fields "
        f"named with {options.say('delimiter')}"
    )
