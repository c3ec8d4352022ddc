#include "digraph.hpp"

#include <utility>

namespace motifcount::bindings {

template <class Index>
Digraph::Digraph(Rows<Index> rows, std::int64_t n_nodes, Layers layers, LayerSizes layer_sizes, Biases biases,
                 PinnedLayers pinned)
    : rows_(std::move(rows)),
      n_nodes_(n_nodes),
      layers_(std::move(layers)),
      layer_sizes_(std::move(layer_sizes)),
      biases_(std::move(biases)),
      pinned_(std::move(pinned)) {
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
}

template Digraph::Digraph(Rows<std::int32_t>, std::int64_t, Layers, LayerSizes, Biases, PinnedLayers);
template Digraph::Digraph(Rows<std::int64_t>, std::int64_t, Layers, LayerSizes, Biases, PinnedLayers);

}  // namespace motifcount::bindings
