// Pair sums over bit rows, in the fastest instruction set of the machine, chosen at run time.
#pragma once

#include <cstddef>
#include <cstdint>

namespace motifcount {

// Sum over r in [0, n_rows) of C(|row & rows[r]|, 2), where rows[r] is the n_words words from
// rows + r * stride. The caller keeps n_rows * (64 n_words)^2 / 2 below 2^64.
using PairSum = std::uint64_t (*)(const std::uint64_t* row, const std::uint64_t* rows, std::size_t n_rows,
                                  std::size_t stride, std::size_t n_words);

struct BitKernels {
  const char* name;
  PairSum pair_sum;
};

const BitKernels& bit_kernels();

// All variants this machine can run, the portable one first: for tests that hold them against each other.
struct BitKernelList {
  const BitKernels* first;
  std::size_t size;
};
BitKernelList available_bit_kernels();

}  // namespace motifcount
