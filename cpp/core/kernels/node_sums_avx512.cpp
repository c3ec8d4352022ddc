#define MOTIFCOUNT_ISA avx512
#include "kernels/node_sums.inc"
