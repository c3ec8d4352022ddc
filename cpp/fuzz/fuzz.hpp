// What the fuzz targets share: values and graphs out of bytes, and a check that stops the program.
//
// A target does two things with every input: it holds the core to its contract, where invalid input comes out as one
// of the core's exceptions, and it holds the answer to slow, obvious code (cpp/tests/brute_force.hpp).
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <utility>

#include "tools/graphs.hpp"

#define REQUIRE(condition) \
  ((condition) ? void() : (std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition), std::abort()))

namespace fuzz {

// Zeros follow the last byte, so that every input is a whole one.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : left_(data, size) {}

  [[nodiscard]] bool empty() const { return left_.empty(); }

  std::uint8_t byte() {
    if (left_.empty()) return 0;
    const std::uint8_t value = left_[0];
    left_ = left_.subspan(1);
    return value;
  }
  bool flag() { return byte() & 1; }
  int below(int n) { return n <= 256 ? byte() % n : (byte() << 8 | byte()) % n; }

  template <class T>
  T raw() {
    T value{};
    const std::size_t size = std::min(sizeof value, left_.size());
    if (size > 0) std::memcpy(&value, left_.data(), size);
    left_ = left_.subspan(size);
    return value;
  }

 private:
  std::span<const std::uint8_t> left_;
};

struct Input {
  test::Digraph graph{0};
  test::Layers layers;  // empty: a plain digraph
};

enum class Arcs { kAny, kUpwards, kToNextLayer };

// At most `max_nodes` nodes: arcs that the bytes name, over a background of random ones.
inline Input read_graph(Bytes& bytes, int max_nodes) {
  const int n = bytes.below(max_nodes + 1);
  const auto arcs = static_cast<Arcs>(bytes.below(3));
  const int n_layers = bytes.below(6);
  const double density = bytes.byte() / 255.0;
  test::Random random(bytes.byte());

  std::vector<std::int32_t> layer_of(static_cast<std::size_t>(n), 0);
  if (n_layers > 0)
    for (auto& layer : layer_of) layer = bytes.below(n_layers);
  const auto may = [&](int u, int v) {
    const int climb = layer_of[static_cast<std::size_t>(v)] - layer_of[static_cast<std::size_t>(u)];
    return arcs == Arcs::kAny || (arcs == Arcs::kUpwards ? climb > 0 : climb == 1);
  };
  Input input{test::random_digraph(n, density, random, may), {}};
  while (n > 0 && !bytes.empty()) {
    const int u = bytes.below(n);
    const int v = bytes.below(n);
    if (u != v && may(u, v)) input.graph.add(u, v);
  }
  if (n_layers > 0) input.layers = {std::move(layer_of), n_layers};
  return input;
}

}  // namespace fuzz
