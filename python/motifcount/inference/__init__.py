"""Observed counts against those of random graphs.

How a significance goes, file by file:
  significance       checks what is asked, counts the graph, and asks
  relations          which classes the null model fixes or ties to others (dependencies: exact linear algebra);
  from_closed_forms  without samples, exact moments to a result;
  nulls/, mixing     otherwise pilot chains, then samples (see the docstring of nulls/); where their number is open,
  sequential         says when they are enough
  held_triads        takes triads that are held near the observed counts out of the table of samples
  from_samples       the table to a result, by class:
    estimates          moments, z and its error, p-values adjusted, the profile
    p_values, tails    one-sided p-values; a fitted tail below their floor
    effects            effect sizes, intervals, counts too few for z
    given_triads       z of four nodes beyond their triads
  assembly           puts the parts together as
  result             a Significance; saved reads it from a file
  cautions           what is warned of
By node: by_node, to a result of node_result. Several networks: compare, to a comparison.
"""

from __future__ import annotations
