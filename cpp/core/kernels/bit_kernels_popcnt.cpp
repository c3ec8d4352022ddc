#define MOTIFCOUNT_ISA popcnt
#include "kernels/bit_kernels_scalar.inc"
