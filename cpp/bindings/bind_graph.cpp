#include "bindings.hpp"

#include "arrays.hpp"
#include "graph/blocks.hpp"
#include "graph/build.hpp"
#include "graph/csr.hpp"
#include "graph/effective_nodes.hpp"
#include "graph/levels.hpp"
#include "squares/by_node.hpp"
#include "triangles/by_edge.hpp"

#include <pybind11/stl.h>

namespace motifcount::bindings {
namespace {

template <class Index>
py::tuple csr_to_numpy(Csr<Index>&& csr) {
  return py::make_tuple(to_numpy(std::move(csr.indptr)), to_numpy(std::move(csr.indices)));
}

template <class Index>
py::tuple built_to_numpy(BuiltGraph<Index>&& built) {
  py::object ids = py::none();
  if (!built.node_ids.empty()) ids = to_numpy(std::move(built.node_ids));
  return py::make_tuple(to_numpy(std::move(built.out.indptr)), to_numpy(std::move(built.out.indices)), ids);
}

template <class Index>
void bind_for_index(py::module_& m) {
  m.def(
      "is_canonical",
      [](const Array<Index>& indptr, const Array<Index>& indices, std::int64_t n_cols, int num_threads) {
        return without_gil(py::none(), [&](Stop& stop) {
          return is_canonical(CsrView<Index>{span_of(indptr), span_of(indices)}, n_cols, num_threads, stop);
        });
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("n_cols"), py::arg("num_threads"));
  m.def(
      "canonical_form",
      [](const Array<Index>& indptr, const Array<Index>& indices, const std::optional<Array<std::uint8_t>>& keep) {
        return csr_to_numpy(without_gil(py::none(), [&](Stop& stop) {
          return canonical_form(CsrView<Index>{span_of(indptr), span_of(indices)}, span_of(keep), stop);
        }));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("keep").noconvert());
  m.def(
      "induced_subgraph",
      [](const Array<Index>& indptr, const Array<Index>& indices, const Array<std::uint8_t>& keep) {
        return csr_to_numpy(without_gil(py::none(), [&](Stop& stop) {
          return induced_subgraph(CsrView<Index>{span_of(indptr), span_of(indices)}, span_of(keep), stop);
        }));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("keep").noconvert());
  m.def(
      "linked_groups",
      [](const Array<Index>& indptr, const Array<Index>& indices, const Array<std::int64_t>& group) {
        return to_numpy(without_gil(py::none(), [&](Stop& stop) {
          return linked_groups(CsrView<Index>{span_of(indptr), span_of(indices)}, span_of(group), stop);
        }));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("group").noconvert());
  m.def(
      "transpose",
      [](const Array<Index>& indptr, const Array<Index>& indices) {
        return csr_to_numpy(without_gil(
            py::none(), [&](Stop& stop) { return transpose(CsrView<Index>{span_of(indptr), span_of(indices)}, stop); }));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert());
  m.def(
      "build_graph",
      [](const Array<Index>& src, const Array<Index>& dst, std::int64_t n_nodes, bool keep_all_rows) {
        // Rows are numbered in the type of the endpoints, which holds every node of the graph.
        return built_to_numpy(without_gil(py::none(), [&](Stop& stop) {
          return build_graph<Index, Index>(span_of(src), span_of(dst), n_nodes, keep_all_rows, stop);
        }));
      },
      py::arg("src").noconvert(), py::arg("dst").noconvert(), py::arg("n_nodes"), py::arg("keep_all_rows"));
  m.def(
      "strict_levels",
      [](const Array<Index>& indptr, const Array<Index>& indices) -> py::object {
        auto levels = without_gil(
            py::none(), [&](Stop& stop) { return find_levels(CsrView<Index>{span_of(indptr), span_of(indices)}, stop); });
        if (levels.shape != Shape::kStrict) return py::none();
        return to_numpy(std::move(levels.level));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert());
  m.def(
      "is_strict",
      [](const Array<Index>& indptr, const Array<Index>& indices, const Array<std::int32_t>& layers) {
        return without_gil(py::none(), [&](Stop& stop) {
          return is_strict(CsrView<Index>{span_of(indptr), span_of(indices)}, span_of(layers), 1, stop);
        });
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("layers").noconvert());
  m.def(
      "longest_path_levels",
      [](const Array<Index>& indptr, const Array<Index>& indices) {
        return to_numpy(without_gil(py::none(), [&](Stop& stop) {
          return longest_path_levels(CsrView<Index>{span_of(indptr), span_of(indices)}, stop);
        }));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert());
  m.def(
      "in_degrees",
      [](const Array<Index>& indptr, const Array<Index>& indices) {
        return to_numpy(without_gil(
            py::none(), [&](Stop& stop) { return in_degrees(CsrView<Index>{span_of(indptr), span_of(indices)}, 1, stop); }));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert());
  m.def(
      "edge_triangles",
      [](const Array<Index>& indptr, const Array<Index>& indices, int num_threads) {
        return to_numpy(without_gil(py::none(), [&](Stop& stop) {
          return edge_triangles(CsrView<Index>{span_of(indptr), span_of(indices)}, num_threads, stop);
        }));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("num_threads"));
  m.def(
      "node_squares",
      [](const Array<Index>& indptr, const Array<Index>& indices, int num_threads) {
        return to_numpy(without_gil(py::none(), [&](Stop& stop) {
          return node_squares(CsrView<Index>{span_of(indptr), span_of(indices)}, num_threads, stop);
        }));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("num_threads"));
  m.def(
      "effective_nodes",
      [](const Array<Index>& indptr, const Array<Index>& indices, const Array<std::uint8_t>& roles) {
        return to_numpy(without_gil(py::none(), [&](Stop& stop) {
          return effective_nodes(CsrView<Index>{span_of(indptr), span_of(indices)}, span_of(roles), stop);
        }));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("roles").noconvert());
}

}  // namespace

void bind_graph(py::module_& m) {
  bind_for_index<std::int32_t>(m);
  bind_for_index<std::int64_t>(m);
  m.attr("MAX_NODES") = kMaxNodes;
  m.attr("MAX_NODES_32") = std::int64_t{1} << 30;  // ranks carry two more bits in the triangle listing
  m.attr("ROLE_FIXED") = static_cast<int>(Role::kFixed);
  m.attr("ROLE_HIDDEN") = static_cast<int>(Role::kHidden);
  m.attr("ROLE_BIAS") = static_cast<int>(Role::kBias);
}

}  // namespace motifcount::bindings
