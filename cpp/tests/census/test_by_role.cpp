// Roles of nodes: told apart, they add up to the counts by node; reversed graphs have the reversed roles.
#include "census/by_role.hpp"

#include <array>
#include <cstddef>

#include "count.hpp"
#include "motifs/roles.hpp"
#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_by_role {

using namespace motifcount;
using test::below;
using test::Digraph;
using test::never;
using test::Random;

template <class ByRole, class ByNode>
void hold_sums(Family family, const ByRole& by_role, const ByNode& by_node) {
  CHECK_EQ(by_role.size(), by_node.size());
  for (std::size_t v = 0; v < by_role.size(); ++v) {
    auto sums = by_node[v];
    sums.fill(0);
    for (std::size_t role = 0; role < by_role[v].size(); ++role)
      sums[roles_of(family).class_of(role)] += by_role[v][role];
    CHECK_EQ(sums, by_node[v]);
  }
}

template <class Index>
void sums_are_counts_by_node(bool induced, int num_threads) {
  Random random(8);
  const FamilySet families{Family::kDyad, Family::kTriad, Family::kTetrad};
  for (int k = 0; k < 40; ++k) {
    const auto csr = test::to_csr<Index>(k < 4 ? Digraph(k) : test::mixed_digraph(random));
    const RoleCounts roles = count_motifs_by_role(test::view(csr), families, induced, num_threads, never());
    const NodeCounts nodes = count_motifs_by_node(test::view(csr), families, induced, 1, never());
    hold_sums(Family::kDyad, roles.small.dyads, nodes.small.dyads);
    hold_sums(Family::kTriad, roles.small.triads, nodes.small.triads);
    hold_sums(Family::kTetrad, roles.tetrads, nodes.tetrads);
  }
}

void induced_and_subgraphs() {
  sums_are_counts_by_node<std::int32_t>(true, 1);
  sums_are_counts_by_node<std::int32_t>(false, 3);
  sums_are_counts_by_node<std::int64_t>(true, 2);
}

// Several tasks, with hubs.
void same_for_any_threads() {
  Random random(12);
  std::vector<std::vector<int>> rows(2000);
  for (int k = 0; k < 40000; ++k) {
    const int u = below(random, k % 4 == 0 ? 40 : 2000), v = below(random, k % 3 == 0 ? 60 : 2000);
    if (u != v) rows[static_cast<std::size_t>(u)].push_back(v);
  }
  const auto csr = test::to_csr<std::int32_t>(rows);
  const RoleCensus one = role_census(test::view(csr), Shape::kGeneral, true, 1, never());
  for (const int threads : {2, 7}) {
    const RoleCensus many = role_census(test::view(csr), Shape::kGeneral, true, threads, never());
    CHECK(many.dyads == one.dyads && many.triads == one.triads);
  }
}

// A feed-forward loop 0 -> 1 -> 2, 0 -> 2 and a node beside it.
void places_in_a_loop() {
  Digraph graph(4);
  for (const auto& [u, v] : {std::pair{0, 1}, {1, 2}, {0, 2}}) graph.add(u, v);
  const auto csr = test::to_csr<std::int32_t>(graph);
  const auto found = role_census(test::view(csr), Shape::kGeneral, true, 1, never()).triads;
  const RolesOfFamily& roles = roles_of(Family::kTriad);
  for (std::size_t v = 0; v < 4; ++v)
    for (std::size_t place = 0; place < 3; ++place)
      CHECK_EQ(found[v][roles.of(kTriadClasses[k030T].code, place)], v == place ? 1 : 0);
}

void tables_of_roles() {
  for (const Family family : {Family::kDyad, Family::kTriad, Family::kLayeredTetrad, Family::kTetrad}) {
    const RolesOfFamily& roles = roles_of(family);
    for (std::size_t role = 0; role < n_roles(family); ++role) {
      CHECK_EQ(roles.of(roles.code_of(role), roles.node_of(role)), role);
      CHECK(role == 0 || roles.class_of(role - 1) <= roles.class_of(role));
    }
  }
}

void interruption() {
  const auto csr = test::to_csr<std::int32_t>([] {
    Random random(1);
    return test::random_digraph(300, 0.9, random);
  }());
  Stop stop;
  stop.request();
  CHECK_THROWS(Interrupted, role_census(test::view(csr), Shape::kGeneral, true, 2, stop));
}

const check::Tests tests(__FILE__, [] {
  RUN(induced_and_subgraphs);
  RUN(same_for_any_threads);
  RUN(places_in_a_loop);
  RUN(tables_of_roles);
  RUN(interruption);
});

}  // namespace test_by_role
