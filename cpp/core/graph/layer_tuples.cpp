#include "graph/layer_tuples.hpp"

#include <algorithm>
#include <string>

#include "support/types.hpp"

namespace motifcount {

LayerTuples::LayerTuples(std::int64_t n_layers) : n_layers_(std::max<std::int64_t>(n_layers, 1)) {
  if (n_layers_ > kMaxBlockLayers)
    throw NotSupported("by_block: the graph has " + std::to_string(n_layers_) + " layers; at most " +
                       std::to_string(kMaxBlockLayers) + " can be told apart");
  const auto last = static_cast<std::int32_t>(n_layers_);
  const auto cells = static_cast<std::size_t>(n_layers_ * n_layers_);
  pair_id_.resize(cells);
  triple_id_.resize(cells * static_cast<std::size_t>(n_layers_));
  for (std::int32_t a = 0; a < last; ++a)
    for (std::int32_t b = a; b < last; ++b) {
      pair_id_[static_cast<std::size_t>(a * last + b)] = pair_id_[static_cast<std::size_t>(b * last + a)] =
          static_cast<std::int32_t>(pairs_.size());
      pairs_.push_back({a, b});
      for (std::int32_t c = b; c < last; ++c) {
        const auto id = static_cast<std::int32_t>(triples_.size());
        std::array<std::int32_t, 3> order{a, b, c};
        do triple_id_[static_cast<std::size_t>((order[0] * last + order[1]) * last + order[2])] = id;
        while (std::ranges::next_permutation(order).found);
        triples_.push_back({a, b, c});
      }
    }
}

}  // namespace motifcount
