#define MOTIFCOUNT_ISA portable
#include "kernels/bit_kernels_scalar.inc"
