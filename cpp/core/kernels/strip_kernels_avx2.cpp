#define MOTIFCOUNT_ISA avx2
#include "kernels/strip_kernels.inc"
