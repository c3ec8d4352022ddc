// The census by the kinds of arcs against every pair and triple, and the numbers of classes.
#include "census/by_kind.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "tools/check.hpp"
#include "tools/graphs.hpp"
#include "tools/repeats.hpp"

namespace test_by_kind {

using namespace motifcount;
using test::below;
using test::chance;
using test::Random;

// The kinds of the arcs ab, ba, ac, ca, bc, cb, from 1; 0 for no arc.
using Kinds = std::array<std::size_t, 6>;

struct Kinded {
  test::Digraph graph;
  std::size_t n_kinds;
  std::vector<std::uint8_t> of_arc;

  [[nodiscard]] std::vector<std::vector<std::size_t>> matrix() const {
    const auto n = static_cast<std::size_t>(graph.n());
    std::vector<std::vector<std::size_t>> kinds(n, std::vector<std::size_t>(n, 0));
    std::size_t arc = 0;
    for (int u = 0; u < graph.n(); ++u)
      for (int v = 0; v < graph.n(); ++v)
        if (graph.arc(u, v))
          kinds[static_cast<std::size_t>(u)][static_cast<std::size_t>(v)] = of_arc[arc++] + std::size_t{1};
    return kinds;
  }
};

Kinded with_kinds(test::Digraph graph, std::size_t n_kinds, Random& random) {
  std::vector<std::uint8_t> of_arc;
  for (int u = 0; u < graph.n(); ++u)
    for (int v = 0; v < graph.n(); ++v)
      if (graph.arc(u, v)) of_arc.push_back(static_cast<std::uint8_t>(below(random, static_cast<int>(n_kinds))));
  return {std::move(graph), n_kinds, std::move(of_arc)};
}

// The smallest of all ways to write a triple, or a pair as a triple whose third node has no arc.
template <class At>
Kinds canonical(std::array<std::size_t, 3> nodes, At at) {
  std::ranges::sort(nodes);
  Kinds best;
  best.fill(99);
  do {
    const auto [a, b, c] = nodes;
    best = std::min(best, Kinds{at(a, b), at(b, a), at(a, c), at(c, a), at(b, c), at(c, b)});
  } while (std::ranges::next_permutation(nodes).found);
  return best;
}

std::map<Kinds, Count> by_form(const KindedFamily& family, const std::vector<Count>& counts) {
  std::map<Kinds, Count> found;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const auto [ab, ac, bc] = family.pairs(k);
    const PairStates& states = family.states();
    const std::array<std::array<std::size_t, 3>, 3> kinds{
        {{0, states.out(ab), states.out(ac)}, {states.in(ab), 0, states.out(bc)}, {states.in(ac), states.in(bc), 0}}};
    const Kinds form = canonical({0, 1, 2}, [&](std::size_t u, std::size_t v) { return kinds[u][v]; });
    CHECK(!found.contains(form));
    found[form] = counts[k];
  }
  std::erase_if(found, [](const auto& entry) { return entry.second == 0; });
  return found;
}

template <class Index>
void hold_against_brute_force(const Kinded& kinded, Shape shape, int threads) {
  const auto csr = test::to_csr<Index>(kinded.graph);
  GraphView<Index> view = test::view(csr);
  view.kinds = {kinded.of_arc, kinded.n_kinds};
  const KindedCensus found = census_by_kind(view, shape, true, threads, test::never());
  const auto kinds = kinded.matrix();
  const auto at = [&](std::size_t u, std::size_t v) { return u < kinds.size() && v < kinds.size() ? kinds[u][v] : 0; };
  std::map<Kinds, Count> dyads, triads;
  const std::size_t n = kinds.size();
  for (std::size_t a = 0; a < n; ++a)
    for (std::size_t b = a + 1; b < n; ++b) {
      ++dyads[canonical({a, b, n}, at)];
      for (std::size_t c = b + 1; c < n; ++c) ++triads[canonical({a, b, c}, at)];
    }
  CHECK(by_form(kinded_family(Family::kDyad, kinded.n_kinds), found.dyads) == dyads);
  CHECK(by_form(kinded_family(Family::kTriad, kinded.n_kinds), found.triads) == triads);
  CHECK(census_by_kind(view, shape, false, threads, test::never()).dyads == found.dyads);
}

void numbers_of_classes() {
  for (std::size_t k = 1; k <= kMostKinds; ++k) {
    const std::size_t b = k + 1;
    CHECK_EQ(kinded_family(Family::kDyad, k).classes().size(), (b * b + b) / 2);
    CHECK_EQ(kinded_family(Family::kTriad, k).classes().size(),
             (b * b * b * b * b * b + 3 * b * b * b + 2 * b * b) / 6);
  }
  CHECK_EQ(kinded_family(Family::kTriad, 2).classes().size(), 138);
  for (const Family family : {Family::kLayeredTetrad, Family::kTetrad})
    CHECK_THROWS(NotSupported, kinded_family(family, 2));
  for (std::size_t code = 0; code < kTriadCodes; ++code)  // one kind is none
    CHECK_EQ(kinded_family(Family::kTriad, 1).class_of(code & 3, code >> 2 & 3, code >> 4), kTriadOfCode[code]);
}

void every_shape() {
  Random random(5);
  for (std::size_t n_kinds = 1; n_kinds <= kMostKinds; ++n_kinds)
    for (std::int64_t round = test::repeats(30); round > 0; --round) {
      const Kinded any = with_kinds(test::mixed_digraph(random), n_kinds, random);
      hold_against_brute_force<std::int32_t>(any, Shape::kGeneral, 1);
      hold_against_brute_force<std::int64_t>(any, Shape::kGeneral, 3);
      const int n = 2 + below(random, 12);
      const auto bipartite = test::random_digraph(n, 0.4, random, [&](int u, int v) { return u % 2 != v % 2; });
      hold_against_brute_force<std::int32_t>(with_kinds(bipartite, n_kinds, random), Shape::kBipartite, 2);
      const auto strict = test::random_digraph(n, 0.4, random, [&](int u, int v) { return u % 3 + 1 == v % 3; });
      hold_against_brute_force<std::int32_t>(with_kinds(strict, n_kinds, random), Shape::kStrict, 2);
    }
}

// Lists long enough for bit planes, with tails behind them.
void hubs() {
  Random random(6);
  for (const std::size_t n_kinds : {std::size_t{2}, std::size_t{4}}) {
    const auto graph = test::random_digraph(150, 1, random, [&](int u, int v) {
      return chance(random, u < 12 || v < 12 ? 0.6 : u < 80 && v < 80 ? 0.15 : 0.03);
    });
    const Kinded kinded = with_kinds(graph, n_kinds, random);
    for (const int threads : {1, 3}) hold_against_brute_force<std::int32_t>(kinded, Shape::kGeneral, threads);
  }
}

void without_arcs() {
  for (const int n : {0, 1, 2, 5}) {
    Random random(1);
    hold_against_brute_force<std::int32_t>(with_kinds(test::Digraph(n), 2, random), Shape::kStrict, 1);
    hold_against_brute_force<std::int32_t>(with_kinds(test::Digraph(n), 2, random), Shape::kGeneral, 2);
  }
}

// Every subset of a motif's arcs is one motif: 2^arcs in all, of which the whole is its class.
void subgraphs() {
  const KindedFamily& family = kinded_family(Family::kTriad, 3);
  for (std::size_t k = 0; k < family.classes().size(); ++k) {
    const auto inside = family.contained_in(k);
    std::size_t n_arcs = 0;
    for (const std::size_t state : family.pairs(k))
      n_arcs += (family.states().out(state) != 0) + std::size_t{family.states().in(state) != 0};
    CHECK_EQ(inside.size(), std::size_t{1} << n_arcs);
    CHECK_EQ(std::ranges::count(inside, k), 1);
    CHECK_EQ(std::ranges::count(inside, family.class_of(0)), 1);
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(numbers_of_classes);
  RUN(every_shape);
  RUN(hubs);
  RUN(without_arcs);
  RUN(subgraphs);
});

}  // namespace test_by_kind
