#define MOTIFCOUNT_ISA avx2
#include "kernels/node_sums.inc"
