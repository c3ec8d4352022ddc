// Instances that two nodes share, against all instances one by one.
#include "instances/cooccurrence.hpp"

#include <cstddef>
#include <map>
#include <new>
#include <optional>
#include <utility>

#include "instances/instances.hpp"
#include "motifs/families.hpp"
#include "motifs/roles.hpp"
#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_cooccurrence {

using namespace motifcount;
using test::Digraph;
using test::never;
using test::Random;

using Pairs = std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t>;

constexpr std::size_t kPlenty = 1 << 24;

template <class Index>
Pairs pairs_of(const PairCounts<Index>& found) {
  Pairs pairs;
  for (std::size_t row = 0; row + 1 < found.indptr.size(); ++row)
    for (auto k = found.indptr[row]; k < found.indptr[row + 1]; ++k) {
      const auto at = static_cast<std::size_t>(k);
      CHECK(k == found.indptr[row] || found.columns[at - 1] < found.columns[at]);
      pairs[{static_cast<std::int64_t>(row), found.columns[at]}] = found.counts[at];
    }
  return pairs;
}

template <class Index>
void hold(const Digraph& graph, Family family, int num_threads) {
  const auto csr = test::to_csr<Index>(graph);
  const int size = data_of(family).size;
  for (const MotifClass& motif : data_of(family).classes) {
    if (!is_connected(motif.code, size)) continue;
    const auto rows = instances_of(test::view(csr), size, motif.code, {}, never())->next(1 << 20, 1, never());
    Pairs any;
    for (std::size_t k = 0; k < rows.size(); k += static_cast<std::size_t>(size))
      for (std::size_t p = 0; p < static_cast<std::size_t>(size); ++p)
        for (std::size_t q = 0; q < static_cast<std::size_t>(size); ++q)
          if (p != q) ++any[{rows[k + p], rows[k + q]}];
    const auto shared = [&](std::optional<RolePair> roles) {
      return pairs_of(cooccurrence(test::view(csr), size, motif.code, roles, kPlenty, num_threads, never()));
    };
    CHECK_EQ(shared({}), any);
    const RolesOfFamily& roles = roles_of(family);
    Pairs sum;  // over every two roles
    for (std::size_t row = 0; row < static_cast<std::size_t>(size); ++row)
      for (std::size_t column = 0; column < static_cast<std::size_t>(size); ++column)
        if (roles.node_of(roles.of(motif.code, row)) == row && roles.node_of(roles.of(motif.code, column)) == column)
          for (const auto& [pair, n] : shared(RolePair{row, column})) sum[pair] += n;
    CHECK_EQ(sum, any);
  }
}

void every_class() {
  Random random(4);
  for (int k = 0; k < 4; ++k) {
    const Digraph graph = test::random_digraph(5 + k % 3, 0.25 + 0.1 * k, random);
    for (const Family family : {Family::kDyad, Family::kTriad, Family::kTetrad})
      hold<std::int32_t>(graph, family, 1 + k % 3);
  }
  hold<std::int64_t>(test::random_digraph(30, 0.2, random), Family::kTriad, 2);
}

void nothing() {
  const auto loose = test::to_csr<std::int32_t>(Digraph(4));
  for (const MotifClass& motif : data_of(Family::kLayeredTetrad).classes)
    CHECK(cooccurrence(test::view(loose), 4, motif.code, {}, kPlenty, 2, never()).columns.empty());
}

void what_does_not_fit() {
  Random random(1);
  const auto csr = test::to_csr<std::int32_t>(test::random_digraph(40, 0.3, random));
  CHECK_THROWS(std::bad_alloc, cooccurrence(test::view(csr), 3, kTriadClasses[k021D].code, {}, 99, 2, never()));
  CHECK_THROWS(std::bad_alloc, cooccurrence(test::view(csr), 4, code_of("ab ac bd cd"), {}, 99, 1, never()));
}

void interruption() {
  Random random(1);
  const auto csr = test::to_csr<std::int32_t>(test::random_digraph(300, 0.5, random));
  Stop stop;
  stop.request();
  CHECK_THROWS(Interrupted, cooccurrence(test::view(csr), 3, kTriadClasses[k030T].code, {}, kPlenty, 2, stop));
  CHECK_THROWS(Interrupted, cooccurrence(test::view(csr), 4, code_of("ab ac bd cd"), {}, kPlenty, 2, stop));
}

const check::Tests tests(__FILE__, [] {
  RUN(every_class);
  RUN(nothing);
  RUN(what_does_not_fit);
  RUN(interruption);
});

}  // namespace test_cooccurrence
