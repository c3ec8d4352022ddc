"""Refusals of tests/files/text/test_lost_lines.py."""

from __future__ import annotations

LOST = {
    "marks in front": ("%%0\t;\n;\ta\na\t;\n", "line 1.*comment"),
    "marks among marks": ("source,target\nb,#a\n# c,#a\n", "line 3.*comment"),
    "a word or a relation": ("+\ta\t2\n-\tb\t3\n", "columns="),
    "a relation in front": ("activates\ta\tb\ninhibits\tb\tc\n", "columns="),
    "many words between": ("a\tx\tb\nb\ty\tc\nc\tz\td\n", "columns="),
    "a number above numbers": ("gene,x,5\nb,1,7\n", "columns="),
    "a target or a relation": ("a\t-\t5\nb\t-\t7\n", "columns="),
    "the same target or a relation": ("a x AL\nb x MB\nc x AL\n", "columns="),
    "names of rows or a shorter line": ("a b\nc d e\nf g h\n", "first line has 2 fields"),
    "one word that is a name": ("pre activates\nb c\n", "header="),
    "a bar within a label": ("a|b c\nc a|d\n", "delimiter="),
    "an empty field or a comma as a label": (", ;\n, a\n", r"delimiter=',' or delimiter=' '"),
    "an empty field or a semicolon as a label": ("; 0,0\n0; 0,0\n", r"delimiter=';' or delimiter=','"),
    "a tab within a label": (";,0\t0\n0\t0,;\n", r"delimiter='\\t' or delimiter=','"),
    "an empty column or blanks": ("a b\t\nc d\t\n", r"delimiter='\\t' or delimiter=' '"),
    "no source above": (",b\na,c\n", "stands alone"),
    "a comma within a label": ("2,4-D,x y\ny 2,4-D,x\n", "delimiter="),
}
