// The arcs among up to four nodes a, b, c, d as the bits of one number, and what follows from them alone.
//
// A *code* has two bits for every pair of nodes, the pairs ab, ac, bc, ad, bd, cd from low to high: 1 for the arc from
// the first node to the second, 2 for the one back. So the two bits of a pair are its *dyad code*, the codes of motifs
// of n nodes are all numbers below 2^(n (n - 1)), and the motifs contained in a motif are the submasks of its code.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace motifcount {

using Code = std::uint16_t;

inline constexpr int kMostNodes = 4;
inline constexpr std::size_t kMostArcs = 12;
inline constexpr std::size_t kMostOrders = 24;

constexpr std::size_t n_codes(int size) { return std::size_t{1} << (size * (size - 1)); }
constexpr std::size_t n_orders(int size) { return size == 4 ? 24 : size == 3 ? 6 : 2; }

// The bit of the arc u -> v.
constexpr int bit_of_arc(int u, int v) { return u < v ? v * (v - 1) + 2 * u : u * (u - 1) + 2 * v + 1; }

struct MotifArc {
  std::uint8_t source;
  std::uint8_t target;
};

inline constexpr std::array<MotifArc, kMostArcs> kArcOfBit = [] {
  std::array<MotifArc, kMostArcs> arcs{};
  for (std::uint8_t u = 0; u < kMostNodes; ++u)
    for (std::uint8_t v = 0; v < kMostNodes; ++v)
      if (u != v) arcs[static_cast<std::size_t>(bit_of_arc(u, v))] = {u, v};
  return arcs;
}();

// "ab bc" is a -> b -> c.
constexpr Code code_of(std::string_view arcs) {
  unsigned code = 0;
  for (std::size_t k = 0; k + 1 < arcs.size(); k += 3) code |= 1u << bit_of_arc(arcs[k] - 'a', arcs[k + 1] - 'a');
  return static_cast<Code>(code);
}

// Orders of the four nodes; the first n! move the first n nodes only. The node u becomes kOrders[order][u].
inline constexpr std::array<std::array<std::uint8_t, kMostNodes>, kMostOrders> kOrders = [] {
  std::array<std::array<std::uint8_t, kMostNodes>, kMostOrders> orders{};
  for (std::size_t k = 0; k < kMostOrders; ++k) {
    orders[k] = {0, 1, 2, 3};
    std::size_t rest = k;
    for (std::size_t i = 1; i < kMostNodes; ++i) {
      const std::size_t other = i - rest % (i + 1);
      const std::uint8_t moved = orders[k][i];
      orders[k][i] = orders[k][other];
      orders[k][other] = moved;
      rest /= i + 1;
    }
  }
  return orders;
}();

namespace detail {

// The bits of either half of a code, moved by an order of the nodes. (Plain arrays: compilers limit the number of calls
// in a constant expression.)
struct MovedHalves {
  Code low[kMostOrders][64];
  Code high[kMostOrders][64];
};
inline constexpr MovedHalves kMoved = [] {
  MovedHalves moved{};
  for (std::size_t k = 0; k < kMostOrders; ++k)
    for (std::size_t bit = 0; bit < 6; ++bit) {
      const MotifArc low = kArcOfBit[bit];
      const MotifArc high = kArcOfBit[bit + 6];
      const unsigned low_moved = 1u << bit_of_arc(kOrders[k][low.source], kOrders[k][low.target]);
      const unsigned high_moved = 1u << bit_of_arc(kOrders[k][high.source], kOrders[k][high.target]);
      for (std::size_t rest = 0; rest < std::size_t{1} << bit; ++rest) {
        moved.low[k][rest | 1u << bit] = static_cast<Code>(moved.low[k][rest] | low_moved);
        moved.high[k][rest | 1u << bit] = static_cast<Code>(moved.high[k][rest] | high_moved);
      }
    }
  return moved;
}();

}  // namespace detail

// The same motif with its nodes in another order.
constexpr Code permuted(Code code, std::size_t order) {
  return detail::kMoved.low[order][code & 63] | detail::kMoved.high[order][code >> 6];
}

constexpr Code reversed(Code code) { return static_cast<Code>((code & 0x555) << 1 | (code & 0xaaa) >> 1); }

// A dyad code seen from the other node.
constexpr std::size_t reversed_dyad(std::size_t code) { return (code & 1) << 1 | code >> 1; }

constexpr Code complement(Code code, int size) { return static_cast<Code>(code ^ (n_codes(size) - 1)); }

// The dyad code of u and v, seen from u.
constexpr unsigned dyad_code(Code code, int u, int v) {
  return (code >> bit_of_arc(u, v) & 1u) | (code >> bit_of_arc(v, u) & 1u) << 1;
}

constexpr bool is_connected(Code code, int size) {
  unsigned reached = 1;
  for (int round = 1; round < size; ++round)
    for (int u = 0; u < size; ++u)
      for (int v = 0; v < size; ++v)
        if (u != v && reached >> u & 1 && dyad_code(code, u, v) != 0) reached |= 1u << v;
  return reached == (1u << size) - 1;
}

// Calls visit(submask) for every submask of a code, itself and 0 included.
template <class Visit>
constexpr void for_each_subset(Code code, Visit visit) {
  for (unsigned subset = code;; subset = (subset - 1) & code) {
    visit(static_cast<Code>(subset));
    if (subset == 0) return;
  }
}

}  // namespace motifcount
