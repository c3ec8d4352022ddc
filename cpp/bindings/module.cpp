#include "bindings.hpp"

#include "kernels/bit_kernels.hpp"
#include "support/threads.hpp"
#include "support/types.hpp"

namespace py = pybind11;

namespace {

py::dict build_config() {
  py::dict config;
  config["version"] = MOTIFCOUNT_VERSION;
  config["compiler"] = MOTIFCOUNT_COMPILER;
  config["build_type"] = MOTIFCOUNT_BUILD_TYPE;
  config["openmp"] = motifcount::has_openmp();
  config["bit_kernels"] = motifcount::bit_kernels().name;
  return config;
}

}  // namespace

PYBIND11_MODULE(_core, m, py::mod_gil_not_used()) {
  m.doc() = "Compiled core of motifcount; private, use the functions of the package.";
  py::register_exception<motifcount::InvalidGraph>(m, "InvalidGraph", PyExc_ValueError);
  py::register_exception<motifcount::NotSupported>(m, "NotSupported", PyExc_NotImplementedError);
  motifcount::bindings::bind_graph(m);
  motifcount::bindings::bind_motifs(m);
  motifcount::bindings::bind_count(m);
  motifcount::bindings::bind_shards(m);
  motifcount::bindings::bind_instances(m);
  motifcount::bindings::bind_nulls(m);
  m.def("build_config", &build_config);
  m.def("default_num_threads", &motifcount::default_num_threads);
}
