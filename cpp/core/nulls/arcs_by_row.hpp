// What the arcs that a null model draws have, in the order of the rows that they make.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "nulls/null_model.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

template <class Index>
void order_by_row(const CsrView<Index>& out, std::span<const Arc> arcs, std::span<const std::uint8_t> kinds,
                  std::vector<std::uint8_t>& by_row, Stop& stop) {
  constexpr std::int64_t units_per_arc = 8;
  PacedStop pace(stop);
  by_row.resize(arcs.size());
  for (std::size_t k = 0; k < arcs.size(); ++k) {
    pace(units_per_arc);
    const auto row = out.row(arcs[k].source);
    const auto at = std::ranges::lower_bound(row, static_cast<Index>(arcs[k].target));
    by_row[static_cast<std::size_t>(row.data() - out.indices.data() + (at - row.begin()))] = kinds[k];
  }
}

}  // namespace motifcount
