#include "tetrads/hub_wedges.hpp"

#include <algorithm>
#include <cstring>

namespace motifcount {
namespace {

// The wedge, by its links from the hub, of what is counted at k. The planes have the links from v to the hub.
constexpr std::size_t wedge_at(std::size_t k) { return 3 * kReversedLink[k % 3] + k / 3; }

}  // namespace

template <class Entry>
std::size_t HubWedges<Entry>::add(std::size_t w, const LowerEndTriangles& triangles) {
  n_edges_ = 0;
  if (plan_.n_batches == 0 || w < plan_.first_short) return 0;
  triangles_ = &triangles;
  gather(w);
  const std::size_t longest = std::max({rows_[0].size(), rows_[1].size(), rows_[2].size()});
  for (std::size_t first_hub = 0; first_hub < std::min(w, plan_.n_hubs()); first_hub += kBatch) {
    if (longest <= kMostShort) add_batch(w, first_hub);
    else add_long_batch(w, first_hub);
  }
  return n_edges_;
}

template <class Entry>
void HubWedges<Entry>::gather(std::size_t w) {
  for (auto& rows : rows_) rows.clear();
  for (const Entry entry : graph_.row(w)) {
    const std::uint64_t* const row = plan_.hubs.row_above(Graph::rank_of(entry));
    if (row != nullptr) rows_[kReversedLink[Graph::link_of(entry)]].push_back(row);
  }
}

template <class Entry>
unsigned HubWedges<Entry>::count(std::span<const std::uint64_t* const> rows, std::size_t first_hub,
                                 BatchCounts* counts) {
  stop_(static_cast<std::int64_t>(8 * rows.size()) + 64);
  batch_rows_.clear();
  for (const std::uint64_t* const row : rows) {
    batch_rows_.push_back(row + plane_word(first_hub));
    __builtin_prefetch(batch_rows_.back());
    __builtin_prefetch(batch_rows_.back() + 8);
  }
  return kernels_.count_hubs(batch_rows_.data(), batch_rows_.size(), counts);
}

template <class Entry>
void HubWedges<Entry>::add_batch(std::size_t w, std::size_t first_hub) {
  unsigned present = 0;
  for (std::size_t y = 0; y < kLinks; ++y) {
    if (rows_[y].empty()) std::memset(counts_[3 * y], 0, kLinks * kBatch);
    else present |= count(rows_[y], first_hub, counts_ + 3 * y) << 3 * y;
  }
  if (w < first_hub + kBatch)  // w is a hub itself: only those above it count
    for (auto& counts : counts_) std::memset(counts + (w - first_hub), 0, first_hub + kBatch - w);
  if (present != 0) kernels_.add_batch_products(counts_, present, products_);
  add_edges(w, first_hub, counts_);
}

template <class Entry>
void HubWedges<Entry>::add_long_batch(std::size_t w, std::size_t first_hub) {
  std::memset(long_counts_, 0, sizeof long_counts_);
  for (std::size_t y = 0; y < kLinks; ++y)
    for (std::size_t begin = 0; begin < rows_[y].size(); begin += kMostRows) {
      const std::size_t n = std::min(kMostRows, rows_[y].size() - begin);
      count(std::span(rows_[y]).subspan(begin, n), first_hub, counts_);
      for (std::size_t z = 0; z < kLinks; ++z)
        for (std::size_t hub = 0; hub < kBatch; ++hub)
          long_counts_[3 * y + z][hub] = static_cast<std::uint16_t>(long_counts_[3 * y + z][hub] + counts_[z][hub]);
    }
  if (w < first_hub + kBatch)
    for (auto& counts : long_counts_) std::fill(counts + (w - first_hub), counts + kBatch, std::uint16_t{0});
  kernels_.add_long_batch_products(long_counts_, products_);
  add_edges(w, first_hub, long_counts_);
}

template <class Entry>
template <class Number>
void HubWedges<Entry>::add_edges(std::size_t w, std::size_t first_hub, const Number (*counts)[kBatch]) {
  const auto above = graph_.above(w);
  for (; n_edges_ < above.size(); ++n_edges_) {
    const Entry entry = above[n_edges_];
    const std::size_t u = Graph::rank_of(entry), hub = u - first_hub;
    if (hub >= kBatch) return;
    const std::size_t link = kReversedLink[Graph::link_of(entry)];
    std::uint16_t* const lanes = edges_.next(link);
    for (std::size_t k = 0; k < kWedges; ++k) lanes[wedge_at(k)] = counts[k][hub];
    if (const auto* const upper = triangles_->at(n_edges_); upper != nullptr)
      for (std::size_t s = 0; s < kWedges; ++s) lanes[s] = static_cast<std::uint16_t>(lanes[s] + (*upper)[s]);
    edges_.push(u, w, link);
  }
}

template <class Entry>
void HubWedges<Entry>::give(WalkSums& sums) {
  edges_.give(sums.edges);
  const auto total = [&](std::size_t k, std::size_t l) {
    Wide sum = products_.sums[k][l];
    for (const std::uint32_t lane : products_.lanes[k][l]) sum += lane;
    return sum;
  };
  for (std::size_t k = 0; k < kWedges; ++k) {
    sums.cycles[wedge_at(k)][kOne] += total(k, kWedges);
    for (std::size_t l = k; l < kWedges; ++l)
      sums.cycles[std::min(wedge_at(k), wedge_at(l))][std::max(wedge_at(k), wedge_at(l))] += total(k, l);
  }
}

template class HubWedges<std::uint32_t>;
template class HubWedges<std::uint64_t>;

}  // namespace motifcount
