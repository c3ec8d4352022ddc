// What is between every two nodes of a graph, by the code of their dyad: 1 for an arc from u to v, 2 for one from v to
// u, 3 for both, 0 for none. Rows of bits, or a hash set of arcs; both have the same interface, but for scans of rows.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "nulls/edge_sets.hpp"
#include "support/large_array.hpp"
#include "support/stop.hpp"

namespace motifcount {

inline std::size_t seen_from_target(std::size_t code) { return (code & 1) << 1 | code >> 1; }

// By node, a bit for every node that it leads to beside one for every node that leads to it.
class DyadRows {
 public:
  DyadRows(std::uint32_t n_nodes, std::size_t /*n_edges*/, Stop& stop) : n_words_(words(n_nodes)) {
    refill(words_, 2 * n_words_ * n_nodes, 0, stop);
  }
  // A few words a node fit a core's cache, and are far fewer than neighbours are.
  static bool are_better(std::uint64_t n_nodes, std::uint64_t n_edges) {
    constexpr std::size_t most = std::size_t{1} << 24;
    const std::size_t bytes = 16 * words(n_nodes) * n_nodes;
    return bytes <= most || bytes <= HashSet::bytes(n_edges);
  }

  [[nodiscard]] std::size_t code(std::uint32_t u, std::uint32_t v) const { return code_in(row(u), v / 64, v % 64); }
  // Joins two nodes that are not joined, or parts two that are joined so.
  void flip(std::uint32_t u, std::uint32_t v, std::size_t code) {
    flip_in(u, v, code);
    flip_in(v, u, seen_from_target(code));
  }

  // Of what a scan costs, in neighbours that might be looked up instead.
  [[nodiscard]] std::size_t scan_cost() const { return n_words_; }
  // visit(w, code of u and w, code of v and w) for every common neighbour.
  template <class Visit>
  void for_each_common(std::uint32_t u, std::uint32_t v, Visit visit) const {
    const std::uint64_t *of_u = row(u), *of_v = row(v);
    for (std::size_t k = 0; k < n_words_; ++k)
      for_each_bit((of_u[2 * k] | of_u[2 * k + 1]) & (of_v[2 * k] | of_v[2 * k + 1]), [&](std::uint32_t bit) {
        visit(static_cast<std::uint32_t>(64 * k) + bit, code_in(of_u, k, bit), code_in(of_v, k, bit));
      });
  }
  // visit(w, codes of a, b, c and d and w) for every w with different codes of a and c, and of b and d.
  template <class Visit>
  void for_each_between(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d, Visit visit) const {
    const std::uint64_t *of_a = row(a), *of_b = row(b), *of_c = row(c), *of_d = row(d);
    const auto differ = [](const std::uint64_t* x, const std::uint64_t* y, std::size_t k) {
      return (x[2 * k] ^ y[2 * k]) | (x[2 * k + 1] ^ y[2 * k + 1]);
    };
    for (std::size_t k = 0; k < n_words_; ++k)
      for_each_bit(differ(of_a, of_c, k) & differ(of_b, of_d, k), [&](std::uint32_t bit) {
        visit(static_cast<std::uint32_t>(64 * k) + bit, code_in(of_a, k, bit), code_in(of_b, k, bit),
              code_in(of_c, k, bit), code_in(of_d, k, bit));
      });
  }

 private:
  static std::size_t words(std::uint64_t n_nodes) { return (n_nodes + 63) / 64; }
  template <class Visit>
  static void for_each_bit(std::uint64_t bits, Visit visit) {
    for (; bits != 0; bits &= bits - 1) visit(static_cast<std::uint32_t>(std::countr_zero(bits)));
  }
  static std::size_t code_in(const std::uint64_t* row, std::size_t k, std::uint32_t bit) {
    return (row[2 * k] >> bit & 1) | (row[2 * k + 1] >> bit & 1) << 1;
  }
  [[nodiscard]] const std::uint64_t* row(std::uint32_t u) const { return words_.data() + 2 * u * n_words_; }
  void flip_in(std::uint32_t u, std::uint32_t v, std::size_t code) {
    std::uint64_t* const at = words_.data() + 2 * (u * n_words_ + v / 64);
    at[0] ^= std::uint64_t{code & 1} << (v % 64);
    at[1] ^= std::uint64_t{code >> 1} << (v % 64);
  }

  std::size_t n_words_;
  LargeArray<std::uint64_t> words_;
};

// The same by arc.
class DyadHash {
 public:
  DyadHash(std::uint32_t n_nodes, std::size_t n_edges, Stop& stop) : arcs_(n_nodes, n_nodes, n_edges, stop) {}

  [[nodiscard]] std::size_t code(std::uint32_t u, std::uint32_t v) const {
    return std::size_t{arcs_.contains(u, v)} | std::size_t{arcs_.contains(v, u)} << 1;
  }
  void flip(std::uint32_t u, std::uint32_t v, std::size_t code) {
    if (code & 1) flip_arc(u, v);
    if (code & 2) flip_arc(v, u);
  }

 private:
  void flip_arc(std::uint32_t u, std::uint32_t v) {
    if (arcs_.contains(u, v)) arcs_.erase(u, v);
    else arcs_.insert(u, v);
  }

  HashSet arcs_;
};

}  // namespace motifcount
