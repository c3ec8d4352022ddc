"""The words by which columns are known, in lower case and without punctuation."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SOURCES = """source src from start origin orig begin sender caller citing follower resource prey regulator tf
 factor effector pre presynaptic parent cause influencer exporter donor giver ligand kinase enzyme subject upstream
 ego actor winner predecessor initiator tx eaten quelle von desde mother father ancestor exporting
 srcip srcaddr regulatory regulating origen fuente"""
TARGETS = """target tgt dst dest destination to end sink receiver recipient callee cited followee followed consumer
 predator regulated regulatee tg post postsynaptic child effect influenced importer acceptor taker receptor substrate
 object downstream alter loser successor responder rx eater ziel nach hasta daughter descendant importing
 dstip dstaddr cible destino"""
SINGLE = {"u": "v", "i": "j"}
NUMBERED = {"1": "2", "a": "b", "x": "y", "0": "1", "one": "two"}
FILLERS = _words(
    """id ids node nodes name names label labels root pt bodyid body neuron neurons cell cells gene genes protein
    proteins vertex vertices vert index idx number num no nr symbol key code species taxon region area site account
    user page paper author operon locus person agent entity interactor seg segment segid synaptic syn synapse
    feature unit n v stable official string ensembl entrez uniprot participant taxonomy efferent afferent"""
)
GROUPS = _words("species taxon taxonomy region area site")
"""What may be called so is a node, or what many nodes have in common."""
COUNTERS = _words("index idx num number no nr n v")
"""Words beside a node's that call none by themselves."""
WEIGHTS = _words(
    """weight weights w wt value values val vals count counts strength edgeweight syncount synapses synapsecount
    numsynapses nsynapses nsyn synweight connectivity nbr numberofsynapses synapsenum numsyn synnum freq frequency
    gewicht anzahl"""
)
AMOUNTS = _words(
    """total amount flow volume syn contacts contact numcontacts ncontacts numberofcontacts contactcount
    connectionstrength fraction fln probability prob proportion multiplicity poids peso coef coefs coefficient coeff
    data interactions importance trips passengers"""
)
"""Names of weights where the column holds numbers."""
FLAGS = _words(
    """link links edge edges exists exist present presence isedge hasedge islink haslink connected isconnected
    connection connections adjacent adjacency aij interactions"""
)
"""Names that say whether there is an edge, where the column holds 0 and 1, or true and false, alone."""
SCORES = _words("score confidence combinedscore distance length")
"""Names of numbers of which 0 need not mean that there is no edge."""
SIGNS = _words(
    """sign effect polarity mode regulation interaction interactiontype relation relationship relationtype edgetype
    predicate action nttype effecttype modeofregulation signed"""
)
INDICES = _words("""index id idx row rowid rowname rownames rownum no nr number num edgeid eid edge unnamed0 key pk""")
ATTRIBUTES = _words(
    """type kind class group layer level module community cluster description category color colour degree date year
    time timestamp timeset comment comments note notes pvalue pval padj qvalue fdr score confidence combinedscore
    reference references pmid pmids sex side label distance length evidence database celltype x y z neuropil roi
    mass bodymass biomass size bodysize"""
)
LAYERS = _words(
    """layer layers layerid group groups groupid module community cluster class superclass type kind level trophiclevel
    modularityclass category block partition role celltype nodetype celltypes"""
)
WHOLE = {"transcriptionfactor": "tf", "presyn": "pre", "postsyn": "post", "presynaptic": "pre", "postsynaptic": "post"}
ROLES = {**dict.fromkeys(SOURCES.split(), "source"), **dict.fromkeys(TARGETS.split(), "target")}
PAIRS = (
    *(("row", "col"), ("row", "column"), ("substrate", "product"), ("input", "output"), ("level0", "level1")),
    *(("payer", "payee"), ("rater", "ratee"), ("truster", "trustee"), ("trustor", "trustee")),
    *(("res", "con"), ("axon", "dendrite"), ("mirna", "mrna"), ("host", "parasite"), ("driver", "target")),
    ("drug", "target"),
)
"""Names of source and target that say so only together."""
REGULATORS = frozenset(["regulator", "tf", "factor"])
TOTALS = frozenset(
    [
        *(
            "total",
            "totals",
            "sum",
            "sums",
            "all",
            "grand total",
            "row total",
            "column total",
            "subtotal",
            "row totals",
        ),
        *("summe", "gesamt", "gesamtsumme", "gesamtergebnis", "insgesamt", "somme", "total général", "total general"),
        *("suma", "totale", "totaal", "合計", "总计", "итого", "σ", "tot", "row sum", "column sum"),
    ]
)
"""Names of rows and columns that hold the sums of others."""
