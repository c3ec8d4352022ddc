#define MOTIFCOUNT_ISA popcnt
#include "bit_kernels_scalar.inc"
