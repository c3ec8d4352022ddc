// Between NumPy and the core: borrowed spans in, owned arrays out.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/types.hpp"

namespace motifcount::bindings {

namespace py = pybind11;

template <class T>
using Array = py::array_t<T, py::array::c_style>;

template <class T>
std::span<const T> span_of(const Array<T>& array) {
  return {array.data(), static_cast<std::size_t>(array.size())};
}

template <class T>
std::span<const T> span_of(const std::optional<Array<T>>& array) {
  return array ? span_of(*array) : std::span<const T>{};
}

// An array of the given shape that owns the vector's memory, read as elements of type T.
template <class T, class Rows>
py::array_t<T> owning_array(Rows&& rows, std::vector<py::ssize_t> shape) {
  auto owner = std::make_unique<Rows>(std::move(rows));
  const T* const data = reinterpret_cast<const T*>(owner->data());
  py::capsule capsule(owner.get(), [](void* p) { delete static_cast<Rows*>(p); });
  owner.release();
  return py::array_t<T>(std::move(shape), data, capsule);
}

template <class T, class Allocator>
  requires std::is_arithmetic_v<T>
py::array_t<T> to_numpy(std::vector<T, Allocator>&& values) {
  const auto size = static_cast<py::ssize_t>(values.size());
  return owning_array<T>(std::move(values), {size});
}

template <class T, std::size_t N, class Allocator>
py::array_t<T> to_numpy(std::vector<std::array<T, N>, Allocator>&& rows) {
  static_assert(sizeof(std::array<T, N>) == N * sizeof(T));
  const auto size = static_cast<py::ssize_t>(rows.size());
  return owning_array<T>(std::move(rows), {size, static_cast<py::ssize_t>(N)});
}

// int64 where every count fits, else an object array of exact Python ints.
py::array counts_to_numpy(std::span<const Count> counts, std::vector<py::ssize_t> shape);

}  // namespace motifcount::bindings
