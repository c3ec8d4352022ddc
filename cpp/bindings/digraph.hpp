// The graph of Python's side as the core sees it.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "arrays.hpp"
#include "support/types.hpp"

namespace motifcount::bindings {

// The arrays of a NodeGroups, kept alive.
struct OwnedGroups {
  Array<std::int32_t> layers;
  Array<std::int64_t> layer_sizes;
  std::optional<Array<std::uint8_t>> biases, pinned;

  [[nodiscard]] NodeGroups view() const {
    return {span_of(layers), span_of(layer_sizes), span_of(biases), span_of(pinned)};
  }
};

// The array of an ArcKinds, kept alive.
struct OwnedKinds {
  Array<std::uint8_t> of_arc;
  std::size_t n_kinds;

  [[nodiscard]] ArcKinds view() const { return {span_of(of_arc), n_kinds}; }
};

// Made once from arrays that it borrows and keeps alive. Immutable.
class Digraph {
 public:
  template <class Index>
  struct Rows {
    Array<Index> indptr, indices;
  };

  // Throws InvalidGraph for arrays whose lengths do not fit each other. The rows are taken to be canonical.
  template <class Index>
  Digraph(Rows<Index> rows, std::int64_t n_nodes, std::optional<OwnedGroups> groups, std::optional<OwnedKinds> kinds);

  // use(GraphView<std::int32_t>), or of std::int64_t.
  template <class Use>
  decltype(auto) visit(Use use) const {
    return std::visit(
        [&]<class Index>(const Rows<Index>& rows) -> decltype(auto) {
          const CsrView<Index> out{span_of(rows.indptr), span_of(rows.indices)};
          return use(GraphView<Index>{out, n_nodes_, groups_ ? groups_->view() : NodeGroups{},
                                      kinds_ ? kinds_->view() : ArcKinds{}});
        },
        rows_);
  }

 private:
  std::variant<Rows<std::int32_t>, Rows<std::int64_t>> rows_;
  std::int64_t n_nodes_;
  std::optional<OwnedGroups> groups_;
  std::optional<OwnedKinds> kinds_;
};

}  // namespace motifcount::bindings
