#include "interruption.hpp"

namespace motifcount::bindings {

Stop::Poll python_poll(const py::object& progress) {
  return [progress](std::int64_t done, std::int64_t total) {
    const py::gil_scoped_acquire acquire;
    if (PyErr_CheckSignals() != 0) return true;
    if (progress.is_none()) return false;
    PyObject* const result =
        PyObject_CallFunction(progress.ptr(), "LL", static_cast<long long>(done), static_cast<long long>(total));
    Py_XDECREF(result);
    return result == nullptr;
  };
}

}  // namespace motifcount::bindings
