#include "digraph.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "motifs/kinds.hpp"

namespace motifcount::bindings {

namespace {

void check_groups(const OwnedGroups& groups, py::ssize_t n_rows) {
  if (groups.layers.size() != n_rows) throw InvalidGraph("layers: need an entry for every row");
  if (groups.biases && groups.biases->size() != n_rows) throw InvalidGraph("biases: need an entry for every row");
  if (groups.pinned && groups.pinned->size() != groups.layer_sizes.size())
    throw InvalidGraph("pinned: needs an entry for every layer");
}

void check_kinds(const OwnedKinds& kinds, py::ssize_t n_arcs) {
  if (kinds.n_kinds == 0 || kinds.n_kinds > kMostKinds)
    throw InvalidGraph("n_kinds: must be 1 to " + std::to_string(kMostKinds));
  if (kinds.of_arc.size() != n_arcs) throw InvalidGraph("kinds: need an entry for every arc");
  if (std::ranges::any_of(span_of(kinds.of_arc), [&](std::uint8_t kind) { return kind >= kinds.n_kinds; }))
    throw InvalidGraph("kinds: must be below n_kinds");
}

}  // namespace

template <class Index>
Digraph::Digraph(Rows<Index> rows, std::int64_t n_nodes, std::optional<OwnedGroups> groups,
                 std::optional<OwnedKinds> kinds)
    : rows_(std::move(rows)), n_nodes_(n_nodes), groups_(std::move(groups)), kinds_(std::move(kinds)) {
  const auto& [indptr, indices] = std::get<Rows<Index>>(rows_);
  if (indptr.size() == 0 || indptr.at(indptr.size() - 1) != indices.size())
    throw InvalidGraph("indptr: does not end at the number of indices");
  const py::ssize_t n_rows = indptr.size() - 1;
  if (n_rows > n_nodes) throw InvalidGraph("n_nodes: is below the number of rows");
  if (groups_) check_groups(*groups_, n_rows);
  if (kinds_) check_kinds(*kinds_, indices.size());
}

template Digraph::Digraph(Rows<std::int32_t>, std::int64_t, std::optional<OwnedGroups>, std::optional<OwnedKinds>);
template Digraph::Digraph(Rows<std::int64_t>, std::int64_t, std::optional<OwnedGroups>, std::optional<OwnedKinds>);

}  // namespace motifcount::bindings
