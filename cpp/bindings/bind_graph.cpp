// Adjacency from arrays, and what is found out about a graph.
#include "bindings.hpp"

#include <pybind11/stl.h>

#include "arrays.hpp"
#include "digraph.hpp"
#include "graph/blocks.hpp"
#include "graph/build.hpp"
#include "graph/csr.hpp"
#include "graph/effective_nodes.hpp"
#include "graph/levels.hpp"
#include "interruption.hpp"
#include "squares/by_node.hpp"
#include "triangles/by_edge.hpp"
#include "triangles/ranked_lists.hpp"

namespace motifcount::bindings {
namespace {

template <class Index>
CsrView<Index> csr_view(const Array<Index>& indptr, const Array<Index>& indices) {
  return {span_of(indptr), span_of(indices)};
}

template <class Index>
py::tuple csr_to_numpy(Csr<Index>&& csr) {
  return py::make_tuple(to_numpy(std::move(csr.indptr)), to_numpy(std::move(csr.indices)));
}

// Of arrays that are no graph of the core yet.
template <class Index>
void bind_arrays(py::module_& m) {
  m.def(
      "is_canonical",
      [](const Array<Index>& indptr, const Array<Index>& indices, std::int64_t n_cols, int num_threads) {
        return without_gil(
            [&](Stop& stop) { return is_canonical(csr_view(indptr, indices), n_cols, num_threads, stop); });
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("n_cols"), py::arg("num_threads"));
  m.def(
      "canonical_form",
      [](const Array<Index>& indptr, const Array<Index>& indices, const std::optional<Array<std::uint8_t>>& keep) {
        auto built =
            without_gil([&](Stop& stop) { return canonical_form(csr_view(indptr, indices), span_of(keep), stop); });
        return py::make_tuple(to_numpy(std::move(built.out.indptr)), to_numpy(std::move(built.out.indices)),
                              built.n_loops);
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("keep").noconvert());
  m.def(
      "transpose",
      [](const Array<Index>& indptr, const Array<Index>& indices) {
        return csr_to_numpy(without_gil([&](Stop& stop) { return transpose(csr_view(indptr, indices), stop); }));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert());
  m.def(
      "build_graph",
      [](const Array<Index>& src, const Array<Index>& dst, std::int64_t n_nodes, bool keep_all_rows) {
        // Rows are numbered in the type of the endpoints, which holds every node of the graph.
        auto built = without_gil([&](Stop& stop) {
          return build_graph<Index, Index>(span_of(src), span_of(dst), n_nodes, keep_all_rows, stop);
        });
        py::object ids = py::none();
        if (!built.node_ids.empty()) ids = to_numpy(std::move(built.node_ids));
        return py::make_tuple(to_numpy(std::move(built.out.indptr)), to_numpy(std::move(built.out.indices)), ids,
                              built.n_loops);
      },
      py::arg("src").noconvert(), py::arg("dst").noconvert(), py::arg("n_nodes"), py::arg("keep_all_rows"));
}

template <class Index>
void def_init(py::class_<Digraph>& digraph) {
  digraph.def(py::init([](Array<Index> indptr, Array<Index> indices, std::int64_t n_nodes,
                          std::optional<OwnedGroups> groups, std::optional<OwnedKinds> kinds) {
                return Digraph(Digraph::Rows<Index>{std::move(indptr), std::move(indices)}, n_nodes, std::move(groups),
                               std::move(kinds));
              }),
              py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("n_nodes"),
              py::arg("groups") = py::none(), py::arg("kinds") = py::none());
}

void bind_digraph(py::module_& m) {
  py::class_<OwnedGroups>(m, "NodeGroups", plain_class(), "Which rows belong together; it keeps its arrays.")
      .def(py::init<Array<std::int32_t>, Array<std::int64_t>, std::optional<Array<std::uint8_t>>,
                    std::optional<Array<std::uint8_t>>>(),
           py::arg("layers").noconvert(), py::arg("layer_sizes").noconvert(), py::arg("biases").noconvert(),
           py::arg("pinned").noconvert());
  py::class_<OwnedKinds>(m, "ArcKinds", plain_class(), "Kinds of the arcs; it keeps its array.")
      .def(py::init<Array<std::uint8_t>, std::size_t>(), py::arg("of_arc").noconvert(), py::arg("n_kinds"));
  py::class_<Digraph> digraph(m, "Digraph", plain_class(), "A graph as the core sees it; it keeps its arrays.");
  def_init<std::int32_t>(digraph);
  def_init<std::int64_t>(digraph);
}

// Adds a function of a graph: work(view, arguments…, stop) without the GIL, its result given to Python by `give`.
template <class... Arguments, class Work, class Give, class... Names>
void def(py::module_& m, const char* name, Work work, Give give, const Names&... names) {
  m.def(
      name,
      [work, give](const Digraph& graph, const Arguments&... arguments) {
        return graph.visit([&](const auto& view) -> py::object {
          return give(without_gil([&](Stop& stop) { return work(view, arguments..., stop); }));
        });
      },
      py::arg("graph"), names...);
}

py::object levels_to_python(auto levels) {
  if (levels.shape != Shape::kStrict) return py::none();
  return to_numpy(std::move(levels.level));
}

void bind_properties(py::module_& m) {
  const auto give_array = [](auto values) -> py::object { return to_numpy(std::move(values)); };
  const auto give_csr = [](auto csr) -> py::object { return csr_to_numpy(std::move(csr)); };
  def<>(
      m, "strict_levels", [](const auto& graph, Stop& stop) { return find_levels(graph.out, stop); },
      [](auto levels) { return levels_to_python(std::move(levels)); });
  def<>(
      m, "is_strict", [](const auto& graph, Stop& stop) { return is_strict(graph.out, graph.groups.layers, 1, stop); },
      [](bool strict) -> py::object { return py::bool_(strict); });
  def<>(
      m, "longest_path_levels", [](const auto& graph, Stop& stop) { return longest_path_levels(graph.out, stop); },
      give_array);
  def<>(m, "in_degrees", [](const auto& graph, Stop& stop) { return in_degrees(graph.out, 1, stop); }, give_array);
  def<int>(
      m, "edge_triangles",
      [](const auto& graph, int num_threads, Stop& stop) { return edge_triangles(graph.out, num_threads, stop); },
      give_array, py::arg("num_threads"));
  def<int>(
      m, "node_squares",
      [](const auto& graph, int num_threads, Stop& stop) { return node_squares(graph.out, num_threads, stop); },
      give_array, py::arg("num_threads"));
  def<Array<std::uint8_t>>(
      m, "effective_nodes",
      [](const auto& graph, const auto& roles, Stop& stop) { return effective_nodes(graph.out, span_of(roles), stop); },
      give_array, py::arg("roles").noconvert());
  def<Array<std::uint8_t>>(
      m, "induced_subgraph",
      [](const auto& graph, const auto& keep, Stop& stop) { return induced_subgraph(graph.out, span_of(keep), stop); },
      give_csr, py::arg("keep").noconvert());
  def<Array<std::int64_t>>(
      m, "linked_groups",
      [](const auto& graph, const auto& group, Stop& stop) { return linked_groups(graph.out, span_of(group), stop); },
      give_array, py::arg("group").noconvert());
}

}  // namespace

void bind_graph(py::module_& m) {
  bind_digraph(m);
  bind_arrays<std::int32_t>(m);
  bind_arrays<std::int64_t>(m);
  bind_properties(m);
  m.attr("MAX_NODES") = kMaxNodes;
  m.attr("MAX_NODES_32") = kMaxNodes32;
  m.attr("ROLE_FIXED") = static_cast<int>(Role::kFixed);
  m.attr("ROLE_HIDDEN") = static_cast<int>(Role::kHidden);
  m.attr("ROLE_BIAS") = static_cast<int>(Role::kBias);
}

}  // namespace motifcount::bindings
