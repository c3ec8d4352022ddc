// The graph of Python's side as the core sees it.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "arrays.hpp"
#include "support/types.hpp"

namespace motifcount::bindings {

using Layers = std::optional<Array<std::int32_t>>;
using LayerSizes = std::optional<Array<std::int64_t>>;
using Biases = std::optional<Array<std::uint8_t>>;
using PinnedLayers = std::optional<Array<std::uint8_t>>;
using Kinds = std::optional<Array<std::uint8_t>>;

// Made once from arrays that it borrows and keeps alive. Immutable.
class Digraph {
 public:
  template <class Index>
  struct Rows {
    Array<Index> indptr, indices;
  };

  // Throws InvalidGraph for arrays whose lengths do not fit each other. The rows are taken to be canonical.
  template <class Index>
  Digraph(Rows<Index> rows, std::int64_t n_nodes, Layers layers, LayerSizes layer_sizes, Biases biases,
          PinnedLayers pinned, Kinds kinds, std::size_t n_kinds);

  // use(GraphView<std::int32_t>), or of std::int64_t.
  template <class Use>
  decltype(auto) visit(Use use) const {
    return std::visit(
        [&]<class Index>(const Rows<Index>& rows) -> decltype(auto) {
          const CsrView<Index> out{span_of(rows.indptr), span_of(rows.indices)};
          return use(GraphView<Index>{out,
                                      n_nodes_,
                                      {span_of(layers_), span_of(layer_sizes_), span_of(biases_), span_of(pinned_)},
                                      {span_of(kinds_), n_kinds_}});
        },
        rows_);
  }

 private:
  std::variant<Rows<std::int32_t>, Rows<std::int64_t>> rows_;
  std::int64_t n_nodes_;
  Layers layers_;
  LayerSizes layer_sizes_;
  Biases biases_;
  PinnedLayers pinned_;
  Kinds kinds_;
  std::size_t n_kinds_;
};

}  // namespace motifcount::bindings
