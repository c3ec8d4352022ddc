#define MOTIFCOUNT_ISA portable
#include "kernels/node_sums.inc"
