#include "bindings.hpp"

#include "arrays.hpp"
#include "counts.hpp"

#include <pybind11/stl.h>

#include <string>

namespace motifcount::bindings {
namespace {

using Layers = std::optional<Array<std::int32_t>>;
using LayerSizes = std::optional<Array<std::int64_t>>;

template <class Index>
GraphView<Index> graph_view(const Array<Index>& indptr, const Array<Index>& indices, std::int64_t n_nodes,
                            const Layers& layers, const LayerSizes& layer_sizes) {
  return {{span_of(indptr), span_of(indices)}, n_nodes, {span_of(layers), span_of(layer_sizes)}};
}

Sizes sizes_of(const std::vector<int>& sizes) {
  Sizes wanted{false, false, false};
  for (const int size : sizes) (size == 2 ? wanted.dyads : size == 3 ? wanted.triads : wanted.tetrads) = true;
  return wanted;
}

using BiasNodes = std::optional<Array<std::uint8_t>>;

NullSpec null_spec(const std::string& null, double swaps_per_edge, bool keep_mutual) {
  return NullSpec(null, {swaps_per_edge, keep_mutual});
}

template <std::size_t N>
py::array rows_to_numpy(const std::vector<std::array<Count, N>>& rows) {
  const std::span<const Count> flat(rows.empty() ? nullptr : rows[0].data(), rows.size() * N);
  return counts_to_numpy(flat, {static_cast<py::ssize_t>(rows.size()), static_cast<py::ssize_t>(N)});
}

template <class Index>
void bind_for_index(py::module_& m) {
  m.def(
      "count",
      [](const Array<Index>& indptr, const Array<Index>& indices, std::int64_t n_nodes, const Layers& layers,
         const LayerSizes& layer_sizes, const std::vector<int>& size, bool induced, bool by_block, int num_threads) {
        const auto graph = graph_view(indptr, indices, n_nodes, layers, layer_sizes);
        const MotifCounts counts = without_gil(py::none(), [&](Stop& stop) {
          return count_motifs(graph, sizes_of(size), induced, by_block, num_threads, stop);
        });
        return py::make_tuple(rows_to_numpy(counts.dyads), rows_to_numpy(counts.triads), rows_to_numpy(counts.tetrads));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("n_nodes"), py::arg("layers").noconvert(),
      py::arg("layer_sizes").noconvert(), py::arg("size"), py::arg("induced"), py::arg("by_block"),
      py::arg("num_threads"));
  m.def(
      "count_by_node",
      [](const Array<Index>& indptr, const Array<Index>& indices, std::int64_t n_nodes, const Layers& layers,
         const LayerSizes& layer_sizes, const std::vector<int>& size, bool induced, int num_threads) {
        const auto graph = graph_view(indptr, indices, n_nodes, layers, layer_sizes);
        NodeCensus counts = without_gil(py::none(), [&](Stop& stop) {
          return count_motifs_by_node(graph, sizes_of(size), induced, num_threads, stop);
        });
        return py::make_tuple(to_numpy(std::move(counts.dyads)), to_numpy(std::move(counts.triads)));
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("n_nodes"), py::arg("layers").noconvert(),
      py::arg("layer_sizes").noconvert(), py::arg("size"), py::arg("induced"), py::arg("num_threads"));
  m.def(
      "randomize",
      [](const Array<Index>& indptr, const Array<Index>& indices, std::int64_t n_nodes, const Layers& layers,
         const LayerSizes& layer_sizes, const std::string& null, double swaps_per_edge, bool keep_mutual,
         std::uint64_t seed, const BiasNodes& bias_nodes,
         int num_threads) {
        auto graph = graph_view(indptr, indices, n_nodes, layers, layer_sizes);
        graph.groups.biases = span_of(bias_nodes);
        const NullSpec spec = null_spec(null, swaps_per_edge, keep_mutual);
        std::vector<Arc> arcs;
        const SwapStats stats = without_gil(py::none(), [&](Stop& stop) {
          return prepare_null(graph, spec, seed, num_threads, stop)->single(arcs, stop);
        });
        std::vector<std::int64_t> src(arcs.size()), dst(arcs.size());
        std::ranges::transform(arcs, src.begin(), &Arc::source);
        std::ranges::transform(arcs, dst.begin(), &Arc::target);
        return py::make_tuple(to_numpy(std::move(src)), to_numpy(std::move(dst)), stats.attempts, stats.accepted);
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("n_nodes"), py::arg("layers").noconvert(),
      py::arg("layer_sizes").noconvert(), py::arg("null"), py::arg("swaps_per_edge"), py::arg("keep_mutual"),
      py::arg("seed"),
      py::arg("bias_nodes").noconvert(),
      py::arg("num_threads"));
  m.def(
      "sample_counts",
      [](const Array<Index>& indptr, const Array<Index>& indices, std::int64_t n_nodes, const Layers& layers,
         const LayerSizes& layer_sizes, const std::string& null, double swaps_per_edge, bool keep_mutual,
         std::uint64_t seed, const BiasNodes& bias_nodes,
         const std::vector<int>& size, std::uint64_t first_sample, std::int64_t samples, int num_threads,
         const py::object& progress) {
        auto graph = graph_view(indptr, indices, n_nodes, layers, layer_sizes);
        graph.groups.biases = span_of(bias_nodes);
        const NullSpec spec = null_spec(null, swaps_per_edge, keep_mutual);
        const Sizes wanted = sizes_of(size);
        const Ensemble ensemble = without_gil(progress, [&](Stop& stop) {
          return sample_counts(graph, spec, wanted, {seed, first_sample, samples}, num_threads, stop);
        });
        return py::make_tuple(
            counts_to_numpy(ensemble.table, {samples, static_cast<py::ssize_t>(wanted.n_classes())}),
            ensemble.stats.attempts, ensemble.stats.accepted);
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("n_nodes"), py::arg("layers").noconvert(),
      py::arg("layer_sizes").noconvert(), py::arg("null"), py::arg("swaps_per_edge"), py::arg("keep_mutual"),
      py::arg("seed"),
      py::arg("bias_nodes").noconvert(), py::arg("size"),
      py::arg("first_sample"), py::arg("samples"), py::arg("num_threads"), py::arg("progress"));
  m.def(
      "trace_counts",
      [](const Array<Index>& indptr, const Array<Index>& indices, std::int64_t n_nodes, const Layers& layers,
         const LayerSizes& layer_sizes, const std::string& null, double swaps_per_edge, bool keep_mutual,
         std::uint64_t seed, const BiasNodes& bias_nodes, const std::vector<int>& size, std::int64_t chains,
         std::int64_t skipped, std::int64_t records, int num_threads, const py::object& progress) {
        auto graph = graph_view(indptr, indices, n_nodes, layers, layer_sizes);
        graph.groups.biases = span_of(bias_nodes);
        const NullSpec spec = null_spec(null, swaps_per_edge, keep_mutual);
        const Sizes wanted = sizes_of(size);
        const Ensemble ensemble = without_gil(progress, [&](Stop& stop) {
          return trace_counts(graph, spec, wanted, {seed, chains, skipped, records}, num_threads, stop);
        });
        return counts_to_numpy(ensemble.table, {chains, records, static_cast<py::ssize_t>(wanted.n_classes())});
      },
      py::arg("indptr").noconvert(), py::arg("indices").noconvert(), py::arg("n_nodes"), py::arg("layers").noconvert(),
      py::arg("layer_sizes").noconvert(), py::arg("null"), py::arg("swaps_per_edge"), py::arg("keep_mutual"),
      py::arg("seed"), py::arg("bias_nodes").noconvert(), py::arg("size"), py::arg("chains"), py::arg("skipped"),
      py::arg("records"), py::arg("num_threads"), py::arg("progress"));
}

}  // namespace

void bind_counts(py::module_& m) {
  bind_for_index<std::int32_t>(m);
  bind_for_index<std::int64_t>(m);
  m.def("layer_tuples", [](std::int64_t n_layers) {
    const LayerTuples tuples(n_layers);
    return py::make_tuple(tuples.pairs(), tuples.triples());
  }, py::arg("n_layers"));
}

}  // namespace motifcount::bindings
