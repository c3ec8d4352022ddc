#define MOTIFCOUNT_ISA portable
#include "kernels/strip_kernels.inc"
