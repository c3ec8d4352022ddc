#include "arrays.hpp"

#include <pybind11/stl.h>

#include <limits>

namespace motifcount::bindings {
namespace {

py::int_ to_python(Count count) {
  const auto low = static_cast<std::uint64_t>(count);
  const auto high = static_cast<std::int64_t>(count >> 64);
  return py::int_((py::int_(high) << py::int_(64)) | py::int_(low));
}

}  // namespace

py::array counts_to_numpy(std::span<const Count> counts, std::vector<py::ssize_t> shape) {
  bool fits = true;
  for (const Count count : counts)
    fits =
        fits && count >= std::numeric_limits<std::int64_t>::min() && count <= std::numeric_limits<std::int64_t>::max();
  if (fits) {
    py::array_t<std::int64_t> array(std::move(shape));
    std::int64_t* data = array.mutable_data();
    for (const Count count : counts) *data++ = static_cast<std::int64_t>(count);
    return array;
  }
  py::list values;
  for (const Count count : counts) values.append(to_python(count));
  const py::module_ numpy = py::module_::import("numpy");
  return numpy.attr("array")(values, py::arg("dtype") = "object").attr("reshape")(shape);
}

}  // namespace motifcount::bindings
