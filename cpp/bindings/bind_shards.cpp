// Counting the motifs of one graph in shards.
#include "bindings.hpp"

#include <pybind11/stl.h>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "count_tables.hpp"
#include "digraph.hpp"
#include "families.hpp"
#include "interruption.hpp"
#include "shards.hpp"

namespace motifcount::bindings {
namespace {

static_assert(std::is_trivially_copyable_v<CensusSums>);

py::bytes to_bytes(const CensusSums& sums) { return {reinterpret_cast<const char*>(&sums), sizeof sums}; }

CensusSums from_bytes(const py::bytes& bytes) {
  const auto memory = static_cast<std::string_view>(bytes);
  CensusSums sums;
  if (memory.size() != sizeof sums) throw std::invalid_argument("sums: come from another version of motifcount");
  std::memcpy(&sums, memory.data(), sizeof sums);
  return sums;
}

// Of a graph that it borrows.
class Shards {
 public:
  Shards(const Digraph& graph, const std::vector<std::string>& families, int num_threads) {
    graph.visit([&]<class Index>(const GraphView<Index>& view) {
      shards_ = without_gil([&](Stop& stop) {
        return std::make_unique<CensusShards<Index>>(view, family_set(families), num_threads, stop);
      });
    });
  }

  [[nodiscard]] py::bytes sums(std::int64_t k, std::int64_t n, int num_threads, const py::object& poll) const {
    if (k < 0 || k >= n) throw std::invalid_argument("k: must be 0 to n - 1");
    return std::visit(
        [&](const auto& shards) {
          return to_bytes(without_gil(poll, [&](Stop& stop) { return shards->sums(Part{k, n}, num_threads, stop); }));
        },
        shards_);
  }

 private:
  std::variant<std::unique_ptr<CensusShards<std::int32_t>>, std::unique_ptr<CensusShards<std::int64_t>>> shards_;
};

py::tuple count_of_sums(const std::vector<py::bytes>& shards, std::int64_t n_nodes, std::int64_t n_arcs,
                        const std::vector<std::string>& names, bool induced) {
  CensusSums sums;
  for (const py::bytes& shard : shards) sums.add(from_bytes(shard));
  const CountOptions options{family_set(names), induced, false};
  Stop stop;
  return count_tables(counts_of_sums(sums, n_nodes, n_arcs, options, stop), options.families);
}

}  // namespace

void bind_shards(py::module_& m) {
  py::class_<Shards>(m, "Shards", plain_class())
      .def(py::init<const Digraph&, const std::vector<std::string>&, int>(), py::arg("graph"), py::arg("families"),
           py::arg("num_threads"), py::keep_alive<1, 2>())
      .def("sums", &Shards::sums, py::arg("k"), py::arg("n"), py::arg("num_threads"), py::arg("poll"));
  m.def("count_of_sums", &count_of_sums, py::arg("sums"), py::arg("n_nodes"), py::arg("n_arcs"), py::arg("families"),
        py::arg("induced"));
}

}  // namespace motifcount::bindings
