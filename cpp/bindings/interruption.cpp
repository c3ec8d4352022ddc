#include "interruption.hpp"

namespace motifcount::bindings {

Stop::Poll python_poll(const py::object& progress) {
  return [progress](std::int64_t done) {
    const py::gil_scoped_acquire acquire;
    if (PyErr_CheckSignals() != 0) return true;
    if (progress.is_none()) return false;
    PyObject* const result = PyObject_CallFunction(progress.ptr(), "L", static_cast<long long>(done));
    Py_XDECREF(result);
    return result == nullptr;
  };
}

}  // namespace motifcount::bindings
