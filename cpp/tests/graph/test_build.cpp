// Adjacency from lists of arcs and from rows that are not canonical, against sets of arcs.
#include "graph/build.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "graph/csr.hpp"
#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_build {

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

template <class Index, class Node>
void random_arc_lists() {
  Random random(1);
  for (int round = 0; round < 30; ++round)
    for (const int m : {0, 1, 5, 12, 300}) {
      const int n = 1 + round;
      std::vector<std::pair<Node, Node>> arcs;
      for (int k = 0; k < m; ++k)
        arcs.emplace_back(static_cast<Node>(below(random, n)), static_cast<Node>(below(random, n)));
      if (round % 2 == 1) std::ranges::sort(arcs);  // which then need no sorting
      std::vector<Node> src, dst;
      std::int64_t n_loops = 0;
      std::set<std::pair<std::int64_t, std::int64_t>> expected;
      for (const auto& [source, target] : arcs) {
        src.push_back(source);
        dst.push_back(target);
        if (source == target) ++n_loops;
        else expected.emplace(source, target);
      }
      const auto built = build<Index>(src, dst, n);
      CHECK_EQ(built.out.view().n_rows(), n);
      CHECK(built.node_ids.empty());
      CHECK_EQ(built.n_loops, n_loops);
      CHECK_EQ(arcs_of(built.out), std::vector(expected.begin(), expected.end()));
      CHECK(is_canonical(built.out.view(), n, 1, test::never()));
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
  const auto all = canonical_form<Index>(view, {}, test::never());
  CHECK_EQ(arcs_of(all.out), (Arcs{{0, 1}, {0, 3}, {2, 0}, {2, 1}, {3, 0}}));
  CHECK_EQ(all.n_loops, 2);
  const std::vector<std::uint8_t> keep{0, 1, 1, 1, 0, 0, 1, 0};
  const auto some = canonical_form<Index>(view, keep, test::never());
  CHECK_EQ(arcs_of(some.out), (Arcs{{0, 1}, {0, 3}, {2, 1}}));
  CHECK_EQ(some.n_loops, 1);
  const std::vector<std::uint8_t> none(8, 0);
  const auto empty = canonical_form<Index>(view, none, test::never()).out;
  CHECK_EQ(empty.view().n_edges(), 0);
  CHECK_EQ(empty.view().n_rows(), 4);
}

const check::Tests tests(__FILE__, [] {
  RUN((random_arc_lists<std::int32_t, std::int32_t>));
  RUN((random_arc_lists<std::int32_t, std::int64_t>));
  RUN((random_arc_lists<std::int64_t, std::int32_t>));
  RUN((random_arc_lists<std::int64_t, std::int64_t>));
  RUN(out_of_range);
  RUN(hypersparse);
  RUN(canonical_forms<std::int32_t>);
  RUN(canonical_forms<std::int64_t>);
});

}  // namespace test_build
