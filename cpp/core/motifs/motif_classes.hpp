// The motif classes, and every table about triads, generated from the definitions at compile time.
//
// A *dyad code* has two bits: 1 for an arc from the first node to the second, 2 for one back.
// A *triad code* has six bits, the dyad codes of (a, b), (a, c) and (b, c) from low to high; each bit is an arc,
// so the triads contained in a triad are the submasks of its code.
// Classes carry the M-A-N names of Holland and Leinhardt (1970, doi:10.1086/224954).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace motifcount {

inline constexpr std::size_t kDyads = 3;
inline constexpr std::size_t kTriads = 16;
inline constexpr std::size_t kTetrads = 10;
inline constexpr std::size_t kTriadCodes = 64;

enum Dyad : std::uint8_t { kMutual, kAsymmetric, kNull };

enum Triad : std::uint8_t {
  k003, k012, k102, k021D, k021U, k021C, k111D, k111U,
  k030T, k030C, k201, k120D, k120U, k120C, k210, k300,
};

// Closed triads have a dyad in every pair: classes kFirstClosed + k with k below kClosedTriads, but for k201.
inline constexpr std::size_t kFirstClosed = k030T;
inline constexpr std::size_t kClosedTriads = kTriads - kFirstClosed;

// The connected four-node classes of a strictly layered graph.
enum Tetrad : std::uint8_t {
  kOutStar,       // a -> b, c, d
  kInStar,        // a, b, c -> d
  kChain4,        // a -> b -> c -> d
  kYOut,          // a -> b -> c, d
  kYIn,           // a, b -> c -> d
  kChainThenIn,   // a -> b -> c <- d
  kOutThenChain,  // a <- b -> c -> d
  kZigzag,        // a -> b <- c -> d
  kBifan,         // a, b -> c, d
  kBiparallel,    // a -> b, c -> d
};

inline constexpr std::array<std::string_view, kDyads> kDyadNames{"mutual", "asymmetric", "null"};
inline constexpr std::array<std::string_view, kTriads> kTriadNames{
    "003",  "012",  "102", "021D", "021U", "021C", "111D", "111U",
    "030T", "030C", "201", "120D", "120U", "120C", "210",  "300"};
inline constexpr std::array<std::string_view, kTetrads> kTetradNames{
    "out_star", "in_star", "chain4", "y_out", "y_in",
    "chain_then_in", "out_then_chain", "zigzag", "bifan", "biparallel"};

namespace detail {

inline constexpr std::array<std::array<int, 2>, 3> kPairs{{{0, 1}, {0, 2}, {1, 2}}};

constexpr Triad classify(unsigned code) {
  std::array<int, 3> out{};
  std::array<int, 3> in{};
  int mutual = 0;
  int asymmetric = 0;
  int outside_mutual = 0;  // the node that takes no part in the last mutual dyad seen
  for (std::size_t p = 0; p < 3; ++p) {
    const unsigned dyad = code >> (2 * p) & 3;
    const auto a = static_cast<std::size_t>(kPairs[p][0]);
    const auto b = static_cast<std::size_t>(kPairs[p][1]);
    if (dyad & 1) { ++out[a]; ++in[b]; }
    if (dyad & 2) { ++out[b]; ++in[a]; }
    mutual += dyad == 3;
    asymmetric += dyad == 1 || dyad == 2;
    if (dyad == 3) outside_mutual = 3 - kPairs[p][0] - kPairs[p][1];
  }
  const auto outer = static_cast<std::size_t>(outside_mutual);
  const auto any = [](const std::array<int, 3>& degrees, int d) {
    return degrees[0] == d || degrees[1] == d || degrees[2] == d;
  };
  switch (10 * mutual + asymmetric) {
    case 0: return k003;
    case 1: return k012;
    case 10: return k102;
    case 2: return any(out, 2) ? k021D : any(in, 2) ? k021U : k021C;
    case 11: return out[outer] == 1 ? k111D : k111U;  // the arc enters or leaves the mutual pair
    case 3: return any(out, 2) ? k030T : k030C;
    case 20: return k201;
    case 12: return out[outer] == 2 ? k120D : in[outer] == 2 ? k120U : k120C;
    case 21: return k210;
    default: return k300;
  }
}

}  // namespace detail

inline constexpr std::array<Triad, kTriadCodes> kTriadOfCode = [] {
  std::array<Triad, kTriadCodes> table{};
  for (unsigned code = 0; code < kTriadCodes; ++code) table[code] = detail::classify(code);
  return table;
}();

// Of three dyad codes that are not 0: the closed triad, less kFirstClosed.
constexpr std::size_t closed_index(std::size_t uv, std::size_t uw, std::size_t vw) {
  return kTriadOfCode[uv | uw << 2 | vw << 4] - kFirstClosed;
}

// The open wedge that two neighbours make at a node, by the dyad codes seen from that node.
inline constexpr std::array<std::array<Triad, 4>, 4> kWedge = [] {
  std::array<std::array<Triad, 4>, 4> table{};
  for (unsigned x = 1; x < 4; ++x)
    for (unsigned y = 1; y < 4; ++y) table[x][y] = kTriadOfCode[x | y << 2];
  return table;
}();

struct TriadTables {
  std::array<int, kTriads> mutual{};      // mutual dyads in a triad of the class
  std::array<int, kTriads> asymmetric{};  // asymmetric dyads
  std::array<int, kTriads> labelled{};    // codes that belong to the class
  // contained[k][j]: arc subsets of one triad of class j that form class k (subgraph counts).
  std::array<std::array<int, kTriads>, kTriads> contained{};
  // wedges[k][j]: of the three ways to ignore one dyad of a *closed* class j, those that leave class k.
  std::array<std::array<int, kTriads>, kTriads> wedges{};
  std::array<bool, kTriads> closed{};  // all three dyads carry an arc
};

inline constexpr TriadTables kTriadTables = [] {
  TriadTables t;
  for (unsigned code = 0; code < kTriadCodes; ++code) {
    const std::size_t j = kTriadOfCode[code];
    if (t.labelled[j]++ > 0) continue;
    t.closed[j] = true;
    for (unsigned p = 0; p < 3; ++p) {
      const unsigned dyad = code >> (2 * p) & 3;
      t.mutual[j] += dyad == 3;
      t.asymmetric[j] += dyad == 1 || dyad == 2;
      t.closed[j] = t.closed[j] && dyad != 0;
    }
    for (unsigned subset = 0; subset < kTriadCodes; ++subset)
      if ((subset & ~code) == 0) ++t.contained[kTriadOfCode[subset]][j];
    for (unsigned p = 0; t.closed[j] && p < 3; ++p) ++t.wedges[kTriadOfCode[code & ~(3u << (2 * p))]][j];
  }
  return t;
}();

// 012, 102 and 003 of a census that has the connected classes. `asymmetric` and `mutual` count the ways to put a third
// node to a dyad: what the connected classes do not use up is 012 (102), and what remains of all triples is 003.
template <class Number>
constexpr void fill_sparse_triads(std::array<Number, kTriads>& triads, Number asymmetric, Number mutual,
                                  Number triples) {
  for (std::size_t k = k021D; k < kTriads; ++k) {
    asymmetric -= triads[k] * kTriadTables.asymmetric[k];
    mutual -= triads[k] * kTriadTables.mutual[k];
    triples -= triads[k];
  }
  triads[k012] = asymmetric;
  triads[k102] = mutual;
  triads[k003] = triples - asymmetric - mutual;
}

static_assert([] {
  // Labelled triads per class: 6 divided by the size of the automorphism group.
  constexpr std::array<int, kTriads> expected{1, 6, 3, 3, 3, 6, 6, 6, 6, 2, 3, 3, 3, 6, 6, 1};
  return kTriadTables.labelled == expected;
}());

static_assert([] {
  // Reversing all arcs swaps D with U and keeps every other class.
  for (unsigned code = 0; code < kTriadCodes; ++code) {
    const unsigned reversed = (code & 0x15) << 1 | (code & 0x2a) >> 1;
    const Triad from = kTriadOfCode[code];
    const Triad to = from == k021D ? k021U : from == k021U ? k021D
                   : from == k111D ? k111U : from == k111U ? k111D
                   : from == k120D ? k120U : from == k120U ? k120D : from;
    if (kTriadOfCode[reversed] != to) return false;
  }
  return true;
}());

}  // namespace motifcount
