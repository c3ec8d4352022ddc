// The generated tables of the motif classes against drawings of the classes.
#include "motifs/families.hpp"

#include <array>
#include <bit>

#include "tools/brute_force.hpp"
#include "tools/check.hpp"

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
  for (std::size_t k = 0; k < kTriads; ++k) CHECK_EQ(kTriadClasses[k].name, test::kTriadDrawings[k].name);
  for (std::size_t k = 0; k < kLayeredTetrads; ++k) CHECK_EQ(kLayeredTetradClasses[k].name, test::kTetradDrawings[k].name);
  CHECK_EQ(kTriadClasses[k111D].name, "111D");
  CHECK_EQ(kTriadClasses[k300].name, "300");
  CHECK_EQ(kLayeredTetradClasses[kBiparallel].name, "biparallel");
  CHECK_EQ(kDyadClasses[kNull].name, "null");
}

void drawings_are_distinct() {
  for (std::size_t j = 0; j < kTriads; ++j)
    CHECK_EQ(test::triad_class(test::arcs_of(test::kTriadDrawings[j])), j);
  for (std::size_t j = 0; j < kLayeredTetrads; ++j)
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
  for (std::size_t j = 0; j < kLayeredTetrads; ++j) {
    std::array<int, kLayeredTetrads> contained{};
    for_each_subset(test::arcs_of(test::kTetradDrawings[j]), [&](Arcs subset) {
      if (const int k = test::tetrad_class(subset); k >= 0) ++contained[static_cast<std::size_t>(k)];
    });
    for (std::size_t k = 0; k < kLayeredTetrads; ++k)
      CHECK_EQ(kLayeredTetradsContained[k][j], contained[k]);
  }
}

}  // namespace

int main() {
  RUN(names_in_order);
  RUN(drawings_are_distinct);
  RUN(every_code);
  RUN(triad_tables);
  RUN(tetrad_tables);
  return check::summary();
}
