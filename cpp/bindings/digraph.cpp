#include "digraph.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "motifs/kinds.hpp"

namespace motifcount::bindings {

template <class Index>
Digraph::Digraph(Rows<Index> rows, std::int64_t n_nodes, Layers layers, LayerSizes layer_sizes, Biases biases,
                 PinnedLayers pinned, Kinds kinds, std::size_t n_kinds)
    : rows_(std::move(rows)),
      n_nodes_(n_nodes),
      layers_(std::move(layers)),
      layer_sizes_(std::move(layer_sizes)),
      biases_(std::move(biases)),
      pinned_(std::move(pinned)),
      kinds_(std::move(kinds)),
      n_kinds_(n_kinds) {
  const auto& [indptr, indices] = std::get<Rows<Index>>(rows_);
  if (indptr.size() == 0 || indptr.at(indptr.size() - 1) != indices.size())
    throw InvalidGraph("indptr: does not end at the number of indices");
  const py::ssize_t n_rows = indptr.size() - 1;
  if (n_rows > n_nodes) throw InvalidGraph("n_nodes: is below the number of rows");
  if (layers_.has_value() != layer_sizes_.has_value()) throw InvalidGraph("layer_sizes: go with layers");
  if (layers_ && layers_->size() != n_rows) throw InvalidGraph("layers: need an entry for every row");
  if (biases_ && biases_->size() != n_rows) throw InvalidGraph("biases: need an entry for every row");
  if (pinned_ && (!layer_sizes_ || pinned_->size() != layer_sizes_->size()))
    throw InvalidGraph("pinned: needs an entry for every layer");
  if (kinds_.has_value() != (n_kinds_ > 0) || n_kinds_ > kMostKinds)
    throw InvalidGraph("n_kinds: must be 1 to " + std::to_string(kMostKinds) + " with kinds, and 0 without");
  if (kinds_ && kinds_->size() != indices.size()) throw InvalidGraph("kinds: need an entry for every arc");
  if (kinds_ && std::ranges::any_of(span_of(*kinds_), [&](std::uint8_t kind) { return kind >= n_kinds_; }))
    throw InvalidGraph("kinds: must be below n_kinds");
}

template Digraph::Digraph(Rows<std::int32_t>, std::int64_t, Layers, LayerSizes, Biases, PinnedLayers, Kinds,
                          std::size_t);
template Digraph::Digraph(Rows<std::int64_t>, std::int64_t, Layers, LayerSizes, Biases, PinnedLayers, Kinds,
                          std::size_t);

}  // namespace motifcount::bindings
