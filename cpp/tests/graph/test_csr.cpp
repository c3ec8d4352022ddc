// Building, checking and transposing adjacency, and the clean-up of networks.
#include "graph/csr.hpp"

#include <set>
#include <utility>
#include <vector>

#include "tools/check.hpp"
#include "tools/graphs.hpp"
#include "graph/blocks.hpp"
#include "graph/levels.hpp"

namespace {

using namespace motifcount;
using test::below;
using test::Random;

template <class Index>
std::vector<std::pair<std::int64_t, std::int64_t>> arcs_of(const Csr<Index>& csr) {
  std::vector<std::pair<std::int64_t, std::int64_t>> arcs;
  for (std::int64_t u = 0; u < csr.view().n_rows(); ++u)
    for (const Index v : csr.view().row(u)) arcs.emplace_back(u, v);
  return arcs;
}

template <class Index, class Node>
BuiltGraph<Index> build(const std::vector<Node>& src, const std::vector<Node>& dst, std::int64_t n,
                        bool keep_all_rows = false) {
  return build_graph<Index, Node>(src, dst, n, keep_all_rows, test::never());
}

template <class Index>
bool canonical(const std::vector<Index>& indptr, const std::vector<Index>& indices, std::int64_t n_cols,
               int threads = 1) {
  Stop stop;
  return is_canonical(CsrView<Index>{indptr, indices}, n_cols, threads, stop);
}

template <class Index, class Node>
void random_arc_lists() {
  Random random(1);
  for (int round = 0; round < 30; ++round)
    for (const int m : {0, 1, 5, 12, 300}) {
      const int n = 1 + round;
      std::vector<Node> src, dst;
      std::set<std::pair<std::int64_t, std::int64_t>> expected;
      for (int k = 0; k < m; ++k) {
        src.push_back(static_cast<Node>(below(random, n)));
        dst.push_back(static_cast<Node>(below(random, n)));
        if (src.back() != dst.back()) expected.emplace(src.back(), dst.back());
      }
      const auto built = build<Index>(src, dst, n);
      CHECK_EQ(built.out.view().n_rows(), n);
      CHECK(built.node_ids.empty());
      CHECK_EQ(arcs_of(built.out), std::vector(expected.begin(), expected.end()));
      CHECK(canonical(built.out.indptr, built.out.indices, n));
    }
}

void out_of_range() {
  using Nodes = std::vector<std::int32_t>;
  CHECK_THROWS(InvalidGraph, build<std::int32_t>(Nodes{0, -1}, Nodes{1, 1}, 3));
  CHECK_THROWS(InvalidGraph, build<std::int32_t>(Nodes{0, 1}, Nodes{1, 3}, 3));
  CHECK_THROWS(InvalidGraph, build<std::int64_t>(Nodes{3}, Nodes{3}, 3));  // a loop is dropped, but not unread
  const std::vector<std::int64_t> low{0}, high{std::int64_t{1} << 40};
  CHECK_THROWS(InvalidGraph, build<std::int64_t>(low, high, 3));
  CHECK_THROWS(InvalidGraph, build<std::int32_t>(Nodes{0}, Nodes{0}, 0));
  CHECK_THROWS(InvalidGraph, build<std::int32_t>(Nodes{0, 1}, Nodes{1}, 3));  // lengths differ
  CHECK_EQ(build<std::int32_t>(Nodes{}, Nodes{}, 0).out.view().n_rows(), 0);
}

void hypersparse() {
  const std::vector<std::int64_t> src{999999999, 5, 5, 70, 999999999, 8};
  const std::vector<std::int64_t> dst{5, 999999999, 999999999, 6, 70, 8};
  const auto built = build<std::int32_t>(src, dst, 1000000000);
  std::vector<std::pair<std::int64_t, std::int64_t>> named;
  for (const auto& [u, v] : arcs_of(built.out))
    named.emplace_back(built.node_ids[static_cast<std::size_t>(u)], built.node_ids[static_cast<std::size_t>(v)]);
  CHECK_EQ(named, (std::vector<std::pair<std::int64_t, std::int64_t>>{
                      {5, 999999999}, {70, 6}, {999999999, 5}, {999999999, 70}}));
  CHECK_EQ(built.out.view().n_rows(), static_cast<std::int64_t>(built.node_ids.size()));
  CHECK(built.out.view().n_rows() <= 5);

  // On either side of the bound where rows are left out: the same graph.
  const std::vector<std::int32_t> ends{3, 60000}, heads{60000, 7};
  CHECK(build<std::int64_t>(ends, heads, 8 * 2 + (1 << 16)).node_ids.empty());
  CHECK_EQ(build<std::int64_t>(ends, heads, 8 * 2 + (1 << 16) + 1).node_ids, (std::vector<std::int64_t>{3, 7, 60000}));
  const auto all = build<std::int64_t>(ends, heads, 1000000, true);
  CHECK(all.node_ids.empty());
  CHECK_EQ(all.out.view().n_rows(), 1000000);
}

template <class Index>
void canonical_forms() {
  const std::vector<Index> indptr{0, 4, 4, 7, 8};
  const std::vector<Index> indices{3, 1, 3, 0, 2, 0, 1, 0};
  const CsrView<Index> view{indptr, indices};
  using Arcs = std::vector<std::pair<std::int64_t, std::int64_t>>;
  CHECK_EQ(arcs_of(canonical_form<Index>(view, {}, test::never())), (Arcs{{0, 1}, {0, 3}, {2, 0}, {2, 1}, {3, 0}}));
  const std::vector<std::uint8_t> keep{0, 1, 1, 1, 1, 0, 1, 0};
  CHECK_EQ(arcs_of(canonical_form<Index>(view, keep, test::never())), (Arcs{{0, 1}, {0, 3}, {2, 1}}));
  const std::vector<std::uint8_t> none(8, 0);
  const auto empty = canonical_form<Index>(view, none, test::never());
  CHECK_EQ(empty.view().n_edges(), 0);
  CHECK_EQ(empty.view().n_rows(), 4);
}

template <class Index>
void canonical_checks() {
  using V = std::vector<Index>;
  CHECK(canonical(V{0}, V{}, 0));
  CHECK(canonical(V{0, 0, 0}, V{}, 2));
  CHECK(canonical(V{0, 2, 3}, V{1, 2, 0}, 3));
  CHECK(!canonical(V{0, 2, 3}, V{2, 1, 0}, 3));  // unsorted
  CHECK(!canonical(V{0, 2, 3}, V{1, 1, 0}, 3));  // repeated
  CHECK(!canonical(V{0, 2, 3}, V{0, 1, 0}, 3));  // loop
  CHECK_THROWS(InvalidGraph, canonical(V{}, V{}, 0));
  CHECK_THROWS(InvalidGraph, canonical(V{1, 1}, V{0}, 1));
  CHECK_THROWS(InvalidGraph, canonical(V{0, 2, 1}, V{0, 1}, 2));
  CHECK_THROWS(InvalidGraph, canonical(V{0, -1, 1}, V{1}, 2));
  CHECK_THROWS(InvalidGraph, canonical(V{0, 1, 3}, V{1, 0}, 2));
  CHECK_THROWS(InvalidGraph, canonical(V{0, 1}, V{1, 0}, 2));  // an index that no row owns
  CHECK_THROWS(InvalidGraph, canonical(V{0, 1, 2}, V{1, 2}, 2));
  CHECK_THROWS(InvalidGraph, canonical(V{0, 1, 2}, V{-1, 0}, 2));
  CHECK_THROWS(InvalidGraph, canonical(V{0, 2}, V{5, -7}, 6));  // both a soft and a hard fault
}

// A fault in any part of a graph that several tasks look at.
void canonical_in_tasks() {
  constexpr std::int32_t n = 200000;
  std::vector<std::int32_t> indptr, indices;
  for (std::int32_t u = 0; u <= n; ++u) indptr.push_back(u);
  for (std::int32_t u = 0; u < n; ++u) indices.push_back((u + 1) % n);
  for (const int threads : {1, 3}) {
    CHECK(canonical(indptr, indices, n, threads));
    for (const std::size_t at : {std::size_t{0}, std::size_t{100001}, std::size_t{n - 1}}) {
      auto bad = indices;
      bad[at] = static_cast<std::int32_t>(at);
      CHECK(!canonical(indptr, bad, n, threads));
      bad[at] = n;
      CHECK_THROWS(InvalidGraph, canonical(indptr, bad, n, threads));
    }
  }
}

template <class Index>
void transposes() {
  Random random(2);
  for (const int n : {0, 1, 2, 9, 33}) {
    const auto graph = test::random_digraph(n, 0.3, random);
    test::Digraph turned(n);
    std::vector<Index> in_degree(static_cast<std::size_t>(n), 0);
    for (int u = 0; u < n; ++u)
      for (int v = 0; v < n; ++v)
        if (graph.arc(u, v)) {
          turned.add(v, u);
          ++in_degree[static_cast<std::size_t>(v)];
        }
    const auto csr = test::to_csr<Index>(graph);
    const auto result = transpose(csr.view(), test::never());
    CHECK_EQ(result.indptr, test::to_csr<Index>(turned).indptr);
    CHECK_EQ(result.indices, test::to_csr<Index>(turned).indices);
    for (const int threads : {1, 3}) CHECK_EQ(in_degrees(csr.view(), threads, test::never()), in_degree);
  }
}

template <class Index>
void induced_subgraphs() {
  Random random(3);
  for (const int n : {0, 1, 2, 9, 33}) {
    const auto graph = test::random_digraph(n, 0.3, random);
    std::vector<std::uint8_t> keep(static_cast<std::size_t>(n));
    std::vector<int> kept;
    for (int v = 0; v < n; ++v) {
      keep[static_cast<std::size_t>(v)] = test::chance(random, 0.7) ? 255 : 0;
      if (keep[static_cast<std::size_t>(v)] != 0) kept.push_back(v);
    }
    test::Digraph part(static_cast<int>(kept.size()));
    for (std::size_t i = 0; i < kept.size(); ++i)
      for (std::size_t j = 0; j < kept.size(); ++j)
        if (graph.arc(kept[i], kept[j])) part.add(static_cast<int>(i), static_cast<int>(j));
    const auto result = induced_subgraph<Index>(test::to_csr<Index>(graph).view(), keep, test::never());
    CHECK_EQ(result.indptr, test::to_csr<Index>(part).indptr);
    CHECK_EQ(result.indices, test::to_csr<Index>(part).indices);
  }
}

// By repeated sweeps over the matrix, as the definition has it.
std::vector<std::uint8_t> sweep(const test::Digraph& graph, const std::vector<std::uint8_t>& roles) {
  const int n = graph.n();
  std::vector<std::uint8_t> stays(static_cast<std::size_t>(n), 1);
  const auto clean = [&](auto may_go, auto linked) {
    for (bool moved = true; moved;) {
      moved = false;
      for (int v = 0; v < n; ++v) {
        const auto at = static_cast<std::size_t>(v);
        if (!stays[at] || !may_go(static_cast<Role>(roles[at]))) continue;
        bool bare = true;
        for (int u = 0; u < n; ++u) bare &= !(stays[static_cast<std::size_t>(u)] && linked(v, u));
        if (!bare) continue;
        stays[at] = 0;
        moved = true;
      }
    }
  };
  clean([](Role role) { return role == Role::kHidden; }, [&](int v, int u) { return graph.arc(u, v); });
  clean([](Role role) { return role != Role::kFixed; }, [&](int v, int u) { return graph.arc(v, u); });
  return stays;
}

template <class Index>
void clean_ups() {
  Random random(3);
  for (int round = 0; round < 200; ++round) {
    const int n = 1 + below(random, 14);
    const auto graph = test::random_digraph(n, 0.12, random);
    std::vector<std::uint8_t> roles;
    for (int v = 0; v < n; ++v) roles.push_back(static_cast<std::uint8_t>(below(random, 3)));
    CHECK_EQ(effective_nodes<Index>(test::to_csr<Index>(graph).view(), roles, test::never()), sweep(graph, roles));
  }
}

// Enough arcs for several workers with counters of their own.
void many_arcs_per_node() {
  Random random(24);
  const auto csr = test::to_csr<std::int32_t>(test::random_digraph(1200, 0.5, random));
  const auto expected = in_degrees(csr.view(), 1, test::never());
  for (const int threads : {2, 3, 7}) CHECK_EQ(in_degrees(csr.view(), threads, test::never()), expected);
  const auto turned = transpose(csr.view(), test::never());
  for (std::size_t v = 0; v < expected.size(); ++v)
    CHECK_EQ(expected[v], turned.view().degree(static_cast<std::int64_t>(v)));
}

// Every pass over a large graph ends soon after the user wants it to.
void passes_can_be_stopped() {
  constexpr std::int32_t side = 600;
  std::vector<std::int32_t> src, dst;
  for (std::int32_t u = 0; u < side; ++u)
    for (std::int32_t v = side; v < 2 * side; ++v) {
      src.push_back(u);
      dst.push_back(v);
    }
  const auto csr = build<std::int32_t>(src, dst, 2 * side).out;
  const auto view = csr.view();
  const std::vector<std::uint8_t> roles(2 * side, static_cast<std::uint8_t>(Role::kHidden));
  Stop stop;
  stop.request();
  CHECK_THROWS(Interrupted, transpose(view, stop));
  CHECK_THROWS(Interrupted, in_degrees(view, 1, stop));
  CHECK_THROWS(Interrupted, build_graph<std::int32_t, std::int32_t>(src, dst, 2 * side, true, stop));
  CHECK_THROWS(Interrupted, canonical_form<std::int32_t>(view, {}, stop));
  CHECK_THROWS(Interrupted, induced_subgraph<std::int32_t>(view, std::vector<std::uint8_t>(2 * side, 1), stop));
  CHECK_THROWS(Interrupted, linked_groups<std::int32_t>(view, std::vector<std::int64_t>(2 * side, 0), stop));
  CHECK_THROWS(Interrupted, effective_nodes<std::int32_t>(view, roles, stop));
  CHECK_THROWS(Interrupted, find_levels(view, stop));
  CHECK_THROWS(Interrupted, longest_path_levels(view, stop));
  CHECK_THROWS(Interrupted, live_blocks(GraphView<std::int32_t>{view, 2 * side}, stop));
}

}  // namespace

int main() {
  RUN((random_arc_lists<std::int32_t, std::int32_t>));
  RUN((random_arc_lists<std::int32_t, std::int64_t>));
  RUN((random_arc_lists<std::int64_t, std::int32_t>));
  RUN((random_arc_lists<std::int64_t, std::int64_t>));
  RUN(out_of_range);
  RUN(hypersparse);
  RUN(canonical_forms<std::int32_t>);
  RUN(canonical_forms<std::int64_t>);
  RUN(canonical_checks<std::int32_t>);
  RUN(canonical_checks<std::int64_t>);
  RUN(canonical_in_tasks);
  RUN(transposes<std::int32_t>);
  RUN(transposes<std::int64_t>);
  RUN(induced_subgraphs<std::int32_t>);
  RUN(induced_subgraphs<std::int64_t>);
  RUN(clean_ups<std::int32_t>);
  RUN(clean_ups<std::int64_t>);
  RUN(many_arcs_per_node);
  RUN(passes_can_be_stopped);
  return check::summary();
}
