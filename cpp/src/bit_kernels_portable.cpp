#define MOTIFCOUNT_ISA portable
#include "bit_kernels_scalar.inc"
