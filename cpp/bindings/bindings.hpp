#pragma once

#include <pybind11/pybind11.h>

namespace motifcount::bindings {

void bind_graph(pybind11::module_& m);
void bind_counts(pybind11::module_& m);
void bind_motifs(pybind11::module_& m);

}  // namespace motifcount::bindings
