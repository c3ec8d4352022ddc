// Counts of the core by the numbers of their classes.
#pragma once

#include <array>
#include <cstddef>

#include "motifs/tetrads.hpp"
#include "tools/every_four.hpp"

namespace test {

template <class Number>
TetradTable by_number(const std::array<Number, motifcount::kTetrads>& counts) {
  TetradTable table;
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (counts[k] != 0) table[motifcount::kTetradNumbers[k]] = counts[k];
  return table;
}

}  // namespace test
