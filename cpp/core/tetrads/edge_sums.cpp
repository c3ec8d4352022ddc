#include "tetrads/edge_sums.hpp"

namespace motifcount {

template <class Entry>
void EdgeSums<Entry>::push(std::size_t u, std::size_t w, std::size_t link) {
  std::uint16_t* const lanes = adders_[link].next();
  const bool wide = u < of_wide_.size();
  if (wide)
    for (std::size_t s = 0; s < kWedges; ++s) of_wide_[u][link][s] += lanes[s];
  const auto lower = graph_.degrees(w), upper = graph_.degrees(u);
  for (std::size_t q = 0; q < kLinks; ++q) {
    lanes[kLowerDegrees + q] = static_cast<std::uint16_t>(lower[q]);
    lanes[kUpperDegrees + q] = wide ? std::uint16_t{0} : static_cast<std::uint16_t>(upper[q]);
  }
  lanes[kOne] = 1;
  adders_[link].push();
}

template <class Entry>
void EdgeSums<Entry>::add_wide(std::size_t u, std::size_t w, std::size_t link,
                               std::array<std::uint64_t, kLanes>& lanes) {
  const auto lower = graph_.degrees(w), upper = graph_.degrees(u);
  for (std::size_t q = 0; q < kLinks; ++q) {
    lanes[kLowerDegrees + q] = lower[q];
    lanes[kUpperDegrees + q] = upper[q];
  }
  lanes[kOne] = 1;
  adders_[link].add_wide(lanes);
}

template <class Entry>
void EdgeSums<Entry>::give(std::array<LaneSums, kLinks>& sums) {
  for (std::size_t c = 0; c < kLinks; ++c) {
    add_to(sums[c], adders_[c].sums());
    for (std::size_t u = 0; u < of_wide_.size(); ++u)
      for (std::size_t s = 0; s < kWedges; ++s)
        for (std::size_t q = 0; q < kLinks; ++q)
          sums[c][s][kUpperDegrees + q] += Wide{of_wide_[u][c][s]} * graph_.degrees(u)[q];
  }
}

template class EdgeSums<std::uint32_t>;
template class EdgeSums<std::uint64_t>;

}  // namespace motifcount
