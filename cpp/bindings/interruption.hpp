// Long work without the GIL, which Python's signals interrupt.
#pragma once

#include <pybind11/pybind11.h>

#include "support/stop.hpp"

namespace motifcount::bindings {

namespace py = pybind11;

// Interruption by Python's signals; `progress`, if not None, is called with the steps that are done, and how many there
// are. The callback runs with the GIL, on the calling thread only.
Stop::Poll python_poll(const py::object& progress);

// Runs `work(stop)` without the GIL. An interrupt or a failing progress callback becomes its Python exception.
template <class Work>
auto without_gil(const py::object& progress, Work work) {
  Stop stop(python_poll(progress));
  try {
    const py::gil_scoped_release release;
    return work(stop);
  } catch (const Interrupted&) {
    throw py::error_already_set();
  }
}

template <class Work>
auto without_gil(Work work) {
  return without_gil(py::none(), std::move(work));
}

}  // namespace motifcount::bindings
