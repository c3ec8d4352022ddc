// The generated tables of the motif classes against drawings of the classes.
#include "motifs/families.hpp"

#include <array>
#include <bit>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tools/brute_force.hpp"
#include "tools/check.hpp"
#include "tools/every_four.hpp"

namespace test_motif_classes {

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
  for (std::size_t k = 0; k < kLayeredTetrads; ++k)
    CHECK_EQ(kLayeredTetradClasses[k].name, test::kTetradDrawings[k].name);
  CHECK_EQ(kTriadClasses[k111D].name, "111D");
  CHECK_EQ(kTriadClasses[k300].name, "300");
  CHECK_EQ(kLayeredTetradClasses[kBiparallel].name, "biparallel");
  CHECK_EQ(kDyadClasses[kNull].name, "null");
}

void drawings_are_distinct() {
  for (std::size_t j = 0; j < kTriads; ++j) CHECK_EQ(test::triad_class(test::arcs_of(test::kTriadDrawings[j])), j);
  for (std::size_t j = 0; j < kLayeredTetrads; ++j)
    CHECK_EQ(test::tetrad_class(test::arcs_of(test::kTetradDrawings[j])), j);
}

void every_code() {
  std::array<int, kTriads> labelled{};  // codes of each class
  for (unsigned code = 0; code < kTriadCodes; ++code) {
    const int expected = test::triad_class(decode(code));
    CHECK_EQ(kTriadOfCode[code], expected);
    ++labelled[static_cast<std::size_t>(expected)];
  }
  for (std::size_t k = 0; k < kTriads; ++k) CHECK_EQ(data_of(Family::kTriad).traits[k].labelled, labelled[k]);
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
      CHECK_EQ(data_of(Family::kTriad).contained[k * kTriads + j], contained[k]);
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
    for (std::size_t k = 0; k < kLayeredTetrads; ++k) CHECK_EQ(kLayeredTetradsContained[k][j], contained[k]);
  }
}

// Bit 4 i + j of `Arcs` for the arc i -> j, from the bits of a code.
Arcs adjacency(Code code) {
  Arcs arcs = 0;
  for (std::size_t bit = 0; bit < kMostArcs; ++bit)
    if (code >> bit & 1) arcs |= bit_of(motifcount::kArcOfBit[bit].source, motifcount::kArcOfBit[bit].target);
  return arcs;
}

void every_tetrad_code() {
  std::set<unsigned> connected;
  for (unsigned code = 0; code < kTetradCodes; ++code) {
    const Arcs arcs = adjacency(static_cast<Code>(code));
    const unsigned number = test::canonical(arcs, 4);
    CHECK_EQ(kTetradNumbers[kTetradOfCode[code]], number);
    CHECK_EQ(kTetradOfCode[code] < kTetrads, test::is_connected(arcs));
    if (test::is_connected(arcs)) connected.insert(number);
  }
  CHECK_EQ(std::vector<unsigned>(kTetradNumbers.begin(), kTetradNumbers.begin() + kTetrads),
           std::vector<unsigned>(connected.begin(), connected.end()));
}

void tetrad_names() {
  for (std::size_t k = 0; k < kAllTetrads; ++k) {
    const Arcs arcs = adjacency(kTetradClasses[k].code);
    const int layered = test::tetrad_class(arcs);
    if (layered < 0) {
      CHECK_EQ(kTetradClasses[k].name, std::to_string(kTetradNumbers[k]));
      CHECK_EQ(arcs, kTetradNumbers[k]);
    } else {
      CHECK_EQ(kTetradClasses[k].name, kLayeredTetradClasses[static_cast<std::size_t>(layered)].name);
      CHECK_EQ(kTetradClasses[k].code, kLayeredTetradClasses[static_cast<std::size_t>(layered)].code);
      CHECK_EQ(kTetradAliases[static_cast<std::size_t>(layered)].alias, std::to_string(kTetradNumbers[k]));
    }
  }
}

void tetrads_contained() {
  for (std::size_t j = 0; j < kTetrads; ++j) {
    std::map<unsigned, int> contained;
    for_each_subset(adjacency(kTetradClasses[j].code), [&](Arcs subset) { ++contained[test::canonical(subset, 4)]; });
    for (std::size_t k = 0; k < kTetrads; ++k) CHECK_EQ(kTetradsContained[k][j], contained[kTetradNumbers[k]]);
  }
}

void families() {
  for (std::size_t f = 0; f < kFamilies; ++f) {
    const auto family = static_cast<Family>(f);
    const FamilyData& data = data_of(family);
    CHECK(data.size >= 2 && data.size <= 4);
    CHECK_EQ(data.classes.size(), n_classes(family));
    CHECK_EQ(data.traits.size(), n_classes(family));
    for (std::size_t k = 0; k < data.classes.size(); ++k) {
      CHECK(data.classes[k].code < n_codes(data.size));
      CHECK_EQ(data.contained[k * data.classes.size() + k], 1);
      CHECK_EQ(data.traits[data.traits[k].reversed].reversed, k);
      const auto& role = data.traits[k].role;
      for (std::size_t u = 0; u < role.size(); ++u) CHECK(role[u] <= u && role[role[u]] == role[u]);
    }
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(names_in_order);
  RUN(drawings_are_distinct);
  RUN(every_code);
  RUN(triad_tables);
  RUN(tetrad_tables);
  RUN(every_tetrad_code);
  RUN(tetrad_names);
  RUN(tetrads_contained);
  RUN(families);
});

}  // namespace test_motif_classes
