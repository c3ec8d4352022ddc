"""The NetworkX backend ``motifcount``: NetworkX's functions by the core, see docs/networkx.md.

Nothing here is called by users: NetworkX finds :class:`motifcount.nx.interface.BackendInterface` by its entry point.
"""
