// The nodes that form the motifs of a class.
#include "bindings.hpp"

#include <pybind11/stl.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "arrays.hpp"
#include "digraph.hpp"
#include "instances/cooccurrence.hpp"
#include "instances/instances.hpp"
#include "interruption.hpp"

namespace motifcount::bindings {
namespace {

using Nodes = std::optional<Array<std::int64_t>>;

// use(size, code) of a class. A name means one motif in all families.
template <class Use>
auto with_class(std::string_view name, Use use) {
  for (std::size_t f = 0; f < kFamilies; ++f) {
    const FamilyData& family = data_of(static_cast<Family>(f));
    for (const MotifClass& motif : family.classes)
      if (motif.name == name) return use(family.size, motif.code);
  }
  throw std::invalid_argument("name: there is no class " + std::string(name));
}

std::unique_ptr<Instances> make_instances(const Digraph& graph, std::string_view name, const Nodes& nodes,
                                          const Nodes& arcs) {
  InstanceFilter filter;
  if (nodes) filter.nodes = span_of(nodes);
  if (arcs) filter.arcs = span_of(arcs);
  return with_class(name, [&](int size, Code code) {
    return graph.visit([&](const auto& view) {
      return without_gil([&](Stop& stop) { return instances_of(view, size, code, filter, stop); });
    });
  });
}

// Row pointers, columns and counts. Roles are given by nodes of the class.
py::tuple shared_instances(const Digraph& graph, std::string_view name,
                           std::optional<std::pair<std::size_t, std::size_t>> roles, std::size_t most_bytes,
                           int num_threads, const py::object& progress) {
  return with_class(name, [&](int size, Code code) {
    if (!is_connected(code, size)) throw std::invalid_argument("name: the class must be connected");
    std::optional<RolePair> pair;
    if (roles) pair = {roles->first, roles->second};
    return graph.visit([&](const auto& view) -> py::tuple {
      auto found = without_gil(
          progress, [&](Stop& stop) { return cooccurrence(view, size, code, pair, most_bytes, num_threads, stop); });
      return py::make_tuple(to_numpy(std::move(found.indptr)), to_numpy(std::move(found.columns)),
                            to_numpy(std::move(found.counts)));
    });
  });
}

py::array_t<std::int64_t> rows_to_numpy(std::vector<std::int64_t>&& numbers, int size) {
  const auto n_rows = static_cast<py::ssize_t>(numbers.size()) / size;
  return owning_array<std::int64_t>(std::move(numbers), {n_rows, size});
}

// Calls find(stop) without the GIL.
template <class Find>
py::array_t<std::int64_t> found_by(Find find, const Instances& instances, const py::object& progress) {
  return rows_to_numpy(without_gil(progress, find), instances.size());
}

}  // namespace

void bind_instances(py::module_& m) {
  m.def("cooccurrence", &shared_instances, py::arg("graph"), py::arg("name"), py::arg("roles"), py::arg("most_bytes"),
        py::arg("num_threads"), py::arg("progress"));
  py::class_<Instances>(m, "Instances", plain_class())
      .def(py::init(&make_instances), py::arg("graph"), py::arg("name"), py::arg("nodes"), py::arg("arcs"),
           py::keep_alive<1, 2>())
      .def(
          "next",
          [](Instances& self, std::size_t most, int num_threads, const py::object& progress) {
            return found_by([&](Stop& stop) { return self.next(most, num_threads, stop); }, self, progress);
          },
          py::arg("most"), py::arg("num_threads"), py::arg("progress"))
      .def(
          "sample",
          [](Instances& self, std::size_t limit, std::uint64_t seed, int num_threads, const py::object& progress) {
            return found_by([&](Stop& stop) { return self.sample(limit, seed, num_threads, stop); }, self, progress);
          },
          py::arg("limit"), py::arg("seed"), py::arg("num_threads"), py::arg("progress"))
      .def(
          "top",
          [](Instances& self, std::size_t limit, const Array<double>& weights, bool minimum, int num_threads,
             const py::object& progress) {
            const auto score = minimum ? Score::kMinimum : Score::kProduct;
            return found_by([&](Stop& stop) { return self.top(limit, span_of(weights), score, num_threads, stop); },
                            self, progress);
          },
          py::arg("limit"), py::arg("weights").noconvert(), py::arg("minimum"), py::arg("num_threads"),
          py::arg("progress"));
}

}  // namespace motifcount::bindings
