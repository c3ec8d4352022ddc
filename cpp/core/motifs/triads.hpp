// The sixteen classes of three nodes, and the tables that counting them needs.
//
// Classes carry the M-A-N names of Holland and Leinhardt (1970, doi:10.1086/224954): the numbers of mutual, asymmetric
// and null dyads; then, where that does not tell them apart, D (down), U (up), T (transitive) or C (cyclic).
#pragma once

#include "motifs/motif_class.hpp"

namespace motifcount {

inline constexpr std::size_t kTriads = 16;
inline constexpr std::size_t kTriadCodes = n_codes(3);

enum Triad : std::uint8_t {
  k003,
  k012,
  k102,
  k021D,
  k021U,
  k021C,
  k111D,
  k111U,
  k030T,
  k030C,
  k201,
  k120D,
  k120U,
  k120C,
  k210,
  k300,
};

// Closed triads have an arc in every pair of nodes.
inline constexpr std::size_t kClosedTriads = 7;
inline constexpr std::array<Triad, kClosedTriads> kClosedTriad{k030T, k030C, k120D, k120U, k120C, k210, k300};

inline constexpr std::array<MotifClass, kTriads> kTriadClasses{{
    {"003", code_of("")},
    {"012", code_of("ab")},
    {"102", code_of("ab ba")},
    {"021D", code_of("ab ac")},
    {"021U", code_of("ba ca")},
    {"021C", code_of("ac ba")},
    {"111D", code_of("ab ba ca")},
    {"111U", code_of("ab ac ba")},
    {"030T", code_of("ab ac bc")},
    {"030C", code_of("ab bc ca")},
    {"201", code_of("ab ac ba ca")},
    {"120D", code_of("ac ba bc ca")},
    {"120U", code_of("ab ac ba bc")},
    {"120C", code_of("ab ba bc ca")},
    {"210", code_of("ab ac ba bc ca")},
    {"300", code_of("ab ac ba bc ca cb")},
}};

inline constexpr std::array<Alias, 5> kTriadAliases{{
    {"divergent", "021D"},
    {"convergent", "021U"},
    {"chain", "021C"},
    {"feed_forward_loop", "030T"},
    {"feedback_loop", "030C"},
}};

inline constexpr std::array<Triad, kTriadCodes> kTriadOfCode = [] {
  constexpr auto classes = class_of_code<3>(kTriadClasses);
  std::array<Triad, kTriadCodes> table{};
  for (std::size_t code = 0; code < kTriadCodes; ++code) table[code] = static_cast<Triad>(classes[code]);
  return table;
}();

// The code of three nodes by the dyad codes of their pairs.
constexpr std::size_t triad_code(std::size_t uv, std::size_t uw, std::size_t vw) { return uv | uw << 2 | vw << 4; }

// Place in kClosedTriad of the code of a closed triad.
inline constexpr std::array<std::uint8_t, kTriadCodes> kClosedIndexOfCode = [] {
  std::array<std::uint8_t, kTriadCodes> table{};
  for (std::size_t code = 0; code < kTriadCodes; ++code)
    for (std::uint8_t k = 0; k < kClosedTriads; ++k)
      if (kTriadOfCode[code] == kClosedTriad[k]) table[code] = k;
  return table;
}();

// The same of three dyad codes that are not 0.
constexpr std::size_t closed_index(std::size_t uv, std::size_t uw, std::size_t vw) {
  return kClosedIndexOfCode[triad_code(uv, uw, vw)];
}

// The open wedge that two neighbours make at a node, by the dyad codes seen from that node.
inline constexpr std::array<std::array<Triad, 4>, 4> kWedge = [] {
  std::array<std::array<Triad, 4>, 4> table{};
  for (unsigned x = 1; x < 4; ++x)
    for (unsigned y = 1; y < 4; ++y) table[x][y] = kTriadOfCode[triad_code(x, y, 0)];
  return table;
}();

struct TriadTables {
  std::array<int, kTriads> mutual{};      // mutual dyads in a triad of the class
  std::array<int, kTriads> asymmetric{};  // asymmetric dyads
  // wedges[k][j]: of the three ways to ignore one dyad of a *closed* class j, those that leave class k.
  std::array<std::array<int, kTriads>, kTriads> wedges{};
  std::array<bool, kTriads> closed{};  // all three dyads carry an arc
};

inline constexpr TriadTables kTriadTables = [] {
  TriadTables t;
  for (std::size_t j = 0; j < kTriads; ++j) {
    const unsigned code = kTriadClasses[j].code;
    t.closed[j] = true;
    for (unsigned p = 0; p < 3; ++p) {
      const unsigned dyad = code >> (2 * p) & 3;
      t.mutual[j] += dyad == 3;
      t.asymmetric[j] += dyad == 1 || dyad == 2;
      t.closed[j] = t.closed[j] && dyad != 0;
    }
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
  std::size_t n_closed = 0;
  for (const bool closed : kTriadTables.closed) n_closed += closed;
  for (const Triad triad : kClosedTriad)
    if (!kTriadTables.closed[triad]) return false;
  return n_closed == kClosedTriads;
}());

static_assert([] {
  // Reversing all arcs swaps D with U and keeps every other class.
  for (unsigned code = 0; code < kTriadCodes; ++code) {
    const Triad from = kTriadOfCode[code];
    const Triad to = from == k021D   ? k021U
                     : from == k021U ? k021D
                     : from == k111D ? k111U
                     : from == k111U ? k111D
                     : from == k120D ? k120U
                     : from == k120U ? k120D
                                     : from;
    if (kTriadOfCode[reversed(static_cast<Code>(code))] != to) return false;
  }
  return true;
}());

}  // namespace motifcount
