// Tables of counts as rows of one class of motifs after another.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "census/triads.hpp"
#include "count.hpp"
#include "tetrads/layered.hpp"

namespace test {

using motifcount::Family;
using motifcount::FamilySet;

inline constexpr FamilySet kDyadsAndTriads{Family::kDyad, Family::kTriad};
inline constexpr FamilySet kLayeredFamilies{Family::kDyad, Family::kTriad, Family::kLayeredTetrad};

template <class Row>
std::vector<Row> rows_of(const motifcount::CountTable& table) {
  std::vector<Row> rows(table.n_rows());
  for (std::size_t k = 0; k < rows.size(); ++k) std::ranges::copy(table.row(k), rows[k].begin());
  return rows;
}
inline auto dyads_of(const motifcount::MotifCounts& counts) {
  return rows_of<motifcount::DyadCounts>(counts[Family::kDyad]);
}
inline auto triads_of(const motifcount::MotifCounts& counts) {
  return rows_of<motifcount::TriadCounts>(counts[Family::kTriad]);
}
inline auto layered_tetrads_of(const motifcount::MotifCounts& counts) {
  return rows_of<motifcount::LayeredTetradCounts>(counts[Family::kLayeredTetrad]);
}

}  // namespace test
