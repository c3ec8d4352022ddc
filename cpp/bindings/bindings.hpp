#pragma once

#include <pybind11/pybind11.h>

namespace motifcount::bindings {

// A class of Python's own metaclass, as the stubs declare it.
inline pybind11::metaclass plain_class() { return pybind11::metaclass(reinterpret_cast<PyObject*>(&PyType_Type)); }

void bind_graph(pybind11::module_& m);
void bind_motifs(pybind11::module_& m);
void bind_count(pybind11::module_& m);
void bind_shards(pybind11::module_& m);
void bind_instances(pybind11::module_& m);
void bind_nulls(pybind11::module_& m);

}  // namespace motifcount::bindings
