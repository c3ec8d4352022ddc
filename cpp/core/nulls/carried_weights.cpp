#include "nulls/carried_weights.hpp"

#include <algorithm>

namespace motifcount {
namespace {

constexpr std::int64_t kUnitsPerArc = 16;  // of a PacedStop
constexpr std::uint64_t kStays = std::uint64_t{1} << 63;

}  // namespace

template <class Index>
CarriedWeights<Index>::CarriedWeights(const GraphView<Index>& graph, std::span<const double> weights,
                                      const NullOptions& options, Stop& stop)
    : graph_(graph), by_kind_(options.keep_kinds), by_mutual_(options.keep_mutual) {
  if (weights.size() != graph.out.indices.size()) throw InvalidGraph("weights: need an entry for every arc");
  PacedStop pace(stop);
  shared_.reserve(weights.size());
  weights_.reserve(weights.size());
  for (std::int64_t u = 0; u < graph.out.n_rows(); ++u) {
    pace(kUnitsPerArc * graph.out.degree(u));
    find_slots(graph.out, graph.kinds.of_arc, u);
    for (const auto& [shared, arc] : slots_) {
      shared_.push_back(shared);
      weights_.push_back(weights[arc]);
    }
  }
}

template <class Index>
void CarriedWeights<Index>::deal(const CsrView<Index>& out, std::span<const std::uint8_t> kinds, Rng& rng,
                                 std::vector<double>& weights, Stop& stop) {
  PacedStop pace(stop);
  weights.resize(weights_.size());
  std::vector<double> hand;
  std::size_t first = 0;
  for (std::int64_t u = 0; u < out.n_rows(); ++u) {
    pace(kUnitsPerArc * out.degree(u));
    find_slots(out, kinds, u);
    for (std::size_t k = 0; k < slots_.size();) {
      const std::uint64_t shared = slots_[k].first;
      hand.clear();
      for (std::size_t j = k; j < slots_.size() && slots_[j].first == shared; ++j) {
        if (first + j >= shared_.size() || shared_[first + j] != shared)
          throw NotSupported("weights of arcs travel with null models alone in which nodes keep their degrees");
        hand.push_back(weights_[first + j]);
      }
      for (std::size_t left = hand.size(); left > 0; --left, ++k) {
        const std::size_t drawn = uniform_below(rng, static_cast<std::uint32_t>(left));
        weights[slots_[k].second] = hand[drawn];
        hand[drawn] = hand[left - 1];
      }
    }
    first += slots_.size();
  }
}

template <class Index>
void CarriedWeights<Index>::find_slots(const CsrView<Index>& out, std::span<const std::uint8_t> kinds, std::int64_t u) {
  const auto& groups = graph_.groups;
  auto arc = static_cast<std::size_t>(out.indptr[static_cast<std::size_t>(u)]);
  const auto kind_of = [&](std::size_t k) { return by_kind_ ? kinds[k] + std::uint64_t{1} : 1; };
  slots_.clear();
  for (const Index v : out.row(u)) {
    const auto target = static_cast<std::size_t>(v);
    const std::int32_t layer = groups.layers.empty() ? 0 : groups.layers[target];
    std::uint64_t back = 0;
    if (by_mutual_) {
      const auto row = out.row(static_cast<std::int64_t>(v));
      const auto at = std::ranges::lower_bound(row, static_cast<Index>(u));
      if (at != row.end() && *at == static_cast<Index>(u))
        back = kind_of(static_cast<std::size_t>(row.data() - out.indices.data() + (at - row.begin())));
    }
    const std::uint64_t shared = static_cast<std::uint64_t>(layer) << 8 | kind_of(arc) << 4 | back;
    slots_.emplace_back(groups.is_pinned(layer) ? kStays | target : shared, arc++);
  }
  std::ranges::sort(slots_);
}

template class CarriedWeights<std::int32_t>;
template class CarriedWeights<std::int64_t>;

}  // namespace motifcount
