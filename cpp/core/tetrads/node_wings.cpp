#include "tetrads/node_wings.hpp"

namespace motifcount {
namespace {

constexpr std::size_t kWingEdgesAhead = 8;  // edges that are fetched before they are looked at

template <class Sum>
void add(Sum* sums, const std::uint32_t* numbers) {
  for (std::size_t t = 0; t < EdgeWedges::kReadable; ++t) sums[t] += numbers[t];
}

}  // namespace

void NodeWings::visit(std::size_t u, const EdgeWedges& wedges, std::uint32_t most, const NodeTable& table) {
  const auto above = graph_.above(u);
  if (above.size() < 2) return;
  for (const auto entry : above)
    link_[Graph::rank_of(entry)] = static_cast<std::uint8_t>(kReversedLink[Graph::link_of(entry)] + 1);
  const std::uint64_t n_triangles = above.size() * (above.size() - 1) / 2;
  if (n_triangles * most <= UINT32_MAX) {
    sum(u, wedges, narrow_, table);
  } else {
    sum(u, wedges, wide_, table);
  }
  for (const auto entry : above) link_[Graph::rank_of(entry)] = 0;
}

// The nodes above both a and u. Returns their number.
std::size_t NodeWings::find(std::size_t a) {
  const auto above = graph_.above(a);
  pace_(static_cast<std::int64_t>(1 + above.size()));
  if (hits_.size() < above.size()) hits_.resize(above.size());
  std::size_t n = 0;  // without a branch, which would be mispredicted
  for (std::size_t k = 0; k < above.size(); ++k) {
    const std::uint32_t link = link_[Graph::rank_of(above[k])];
    hits_[n] = {static_cast<std::uint32_t>(k), link - 1};
    n += link != 0;
  }
  return n;
}

template <class Sum>
void NodeWings::sum(std::size_t u, const EdgeWedges& wedges, Sums<Sum>& sums, const NodeTable& table) {
  const auto above = graph_.above(u);
  sums = {};
  for (const auto entry : above) {
    const std::size_t a = Graph::rank_of(entry), au = kReversedLink[Graph::link_of(entry)];
    const auto of_a = graph_.above(a);
    const std::size_t n_hits = find(a);
    for (std::size_t k = 0; k < n_hits; ++k) {
      if (k + kWingEdgesAhead < n_hits) __builtin_prefetch(wedges[wedges.edge(a, hits_[k + kWingEdgesAhead].at)]);
      const std::size_t ab = Graph::link_of(of_a[hits_[k].at]);
      add(sums[kWedges * ab + kLinks * au + hits_[k].back_link].data(), wedges[wedges.edge(a, hits_[k].at)]);
    }
  }
  const NodeTable::Row row = table.row(u);
  for (std::size_t wedge = 0; wedge < sums.size(); ++wedge)
    for (std::size_t t = 0; t < kWedges; ++t)
      row.add(classes_.diamond_wing[kWedges * wedge + t], static_cast<std::int64_t>(sums[wedge][t]));
}

}  // namespace motifcount
