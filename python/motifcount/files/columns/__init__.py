"""Which columns of an edge table hold what, and whether its first line names them."""
