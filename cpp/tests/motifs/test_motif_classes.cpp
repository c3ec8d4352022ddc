// The generated tables of motif_classes.hpp, and those of tetrads.hpp, against drawings of the classes.
#include "motifs/motif_classes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "tools/brute_force.hpp"
#include "tools/check.hpp"
#include "tetrads/layered.hpp"

namespace {

using namespace motifcount;
using test::Arcs;
using test::bit_of;

// Arcs of a triad code: bit k is the k-th of a->b, b->a, a->c, c->a, b->c, c->b.
constexpr std::array<Arcs, 6> kArcOfBit{bit_of(0, 1), bit_of(1, 0), bit_of(0, 2),
                                        bit_of(2, 0), bit_of(1, 2), bit_of(2, 1)};

Arcs decode(unsigned code) {
  Arcs arcs = 0;
  for (unsigned k = 0; k < 6; ++k)
    if (code >> k & 1) arcs |= kArcOfBit[k];
  return arcs;
}

template <class Visit>
void for_each_subset(Arcs arcs, Visit visit) {
  for (Arcs subset = arcs;; subset = (subset - 1) & arcs) {
    visit(subset);
    if (subset == 0) return;
  }
}

// The arcs between nodes p and q.
Arcs dyad(Arcs arcs, int p, int q) { return arcs & (bit_of(p, q) | bit_of(q, p)); }
constexpr std::array<std::array<int, 2>, 3> kPairs{{{0, 1}, {0, 2}, {1, 2}}};

void names_in_order() {
  for (std::size_t k = 0; k < kTriads; ++k) CHECK_EQ(kTriadNames[k], test::kTriadDrawings[k].name);
  for (std::size_t k = 0; k < kTetrads; ++k) CHECK_EQ(kTetradNames[k], test::kTetradDrawings[k].name);
  CHECK_EQ(kTriadNames[k111D], "111D");
  CHECK_EQ(kTriadNames[k300], "300");
  CHECK_EQ(kTetradNames[kBiparallel], "biparallel");
  CHECK_EQ(kDyadNames[kNull], "null");
}

void drawings_are_distinct() {
  for (std::size_t j = 0; j < kTriads; ++j)
    CHECK_EQ(test::triad_class(test::arcs_of(test::kTriadDrawings[j])), j);
  for (std::size_t j = 0; j < kTetrads; ++j)
    CHECK_EQ(test::tetrad_class(test::arcs_of(test::kTetradDrawings[j])), j);
}

void every_code() {
  std::array<int, kTriads> labelled{};
  for (unsigned code = 0; code < kTriadCodes; ++code) {
    const int expected = test::triad_class(decode(code));
    CHECK_EQ(kTriadOfCode[code], expected);
    ++labelled[static_cast<std::size_t>(expected)];
  }
  CHECK_EQ(kTriadTables.labelled, labelled);
}

void triad_tables() {
  for (std::size_t j = 0; j < kTriads; ++j) {
    const Arcs arcs = test::arcs_of(test::kTriadDrawings[j]);
    std::array<int, kTriads> contained{};
    for_each_subset(arcs, [&](Arcs subset) { ++contained[static_cast<std::size_t>(test::triad_class(subset))]; });
    std::array<int, kTriads> wedges{};
    std::array<int, 3> dyads{};
    for (const auto [p, q] : kPairs) {
      ++dyads[static_cast<std::size_t>(std::popcount(dyad(arcs, p, q)))];
      ++wedges[static_cast<std::size_t>(test::triad_class(arcs & ~dyad(arcs, p, q)))];
    }
    const bool closed = dyads[0] == 0;
    CHECK_EQ(kTriadTables.asymmetric[j], dyads[1]);
    CHECK_EQ(kTriadTables.mutual[j], dyads[2]);
    CHECK_EQ(kTriadTables.closed[j], closed);
    for (std::size_t k = 0; k < kTriads; ++k) {
      CHECK_EQ(kTriadTables.contained[k][j], contained[k]);
      CHECK_EQ(kTriadTables.wedges[k][j], closed ? wedges[k] : 0);
    }
  }
}

void tetrad_tables() {
  for (std::size_t j = 0; j < kTetrads; ++j) {
    std::array<int, kTetrads> contained{};
    for_each_subset(test::arcs_of(test::kTetradDrawings[j]), [&](Arcs subset) {
      if (const int k = test::tetrad_class(subset); k >= 0) ++contained[static_cast<std::size_t>(k)];
    });
    for (std::size_t k = 0; k < kTetrads; ++k)
      CHECK_EQ(tetrad_contained(static_cast<Tetrad>(k), static_cast<Tetrad>(j)), contained[k]);
  }
}

// Layers by going round the arcs until nothing moves.
std::array<std::int32_t, 4> layers_of(Arcs arcs) {
  std::array<std::int32_t, 4> layer{};
  for (int round = 0; round < 16; ++round)
    for (int u = 0; u < 4; ++u)
      for (int v = 0; v < 4; ++v) {
        if (!(arcs & bit_of(u, v))) continue;
        auto& low = layer[static_cast<std::size_t>(u)];
        auto& high = layer[static_cast<std::size_t>(v)];
        if (high < low + 1) high = low + 1;
        else low = high - 1;
      }
  std::ranges::sort(layer);
  return layer;
}

void tetrad_layer_tuples() {
  for (std::size_t j = 0; j < kTetrads; ++j)
    CHECK_EQ(tetrad_layers(static_cast<Tetrad>(j)), layers_of(test::arcs_of(test::kTetradDrawings[j])));
}

}  // namespace

int main() {
  RUN(names_in_order);
  RUN(drawings_are_distinct);
  RUN(every_code);
  RUN(triad_tables);
  RUN(tetrad_tables);
  RUN(tetrad_layer_tuples);
  return check::summary();
}
