"""Formats of graphs: SIF, Pajek, GML, GraphML, GEXF, JSON."""
