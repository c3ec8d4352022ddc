// Instances of every class, against every choice of nodes of small graphs.
#include "instances/instances.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "instances/plan.hpp"
#include "motifs/families.hpp"
#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_instances {

using namespace motifcount;
using test::Digraph;
using test::never;
using test::Random;

using Row = std::vector<std::int64_t>;

constexpr std::array kFamiliesFound{Family::kDyad, Family::kTriad, Family::kTetrad};

std::vector<Row> rows_of(const std::vector<std::int64_t>& numbers, int size) {
  std::vector<Row> rows;
  for (auto at = numbers.begin(); at != numbers.end(); at += size) rows.emplace_back(at, at + size);
  return rows;
}

bool is_instance(const Digraph& graph, Code code, const Row& row) {
  for (std::size_t i = 0; i < row.size(); ++i)
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (i == j) continue;
      const bool wanted = code >> bit_of_arc(static_cast<int>(i), static_cast<int>(j)) & 1;
      if (row[i] == row[j] || graph.arc(static_cast<int>(row[i]), static_cast<int>(row[j])) != wanted) return false;
    }
  return true;
}

// The rows that fit the class, and of those with the same nodes only the first.
std::set<Row> expected_rows(const Digraph& graph, int size, Code code) {
  std::set<Row> rows;
  std::set<std::set<std::int64_t>> seen;
  Row row(static_cast<std::size_t>(size), 0);
  const auto choose = [&](auto& self, std::size_t k) -> void {
    if (k == row.size()) {
      if (is_instance(graph, code, row) && seen.insert({row.begin(), row.end()}).second) rows.insert(row);
      return;
    }
    for (row[k] = 0; row[k] < graph.n(); ++row[k]) self(self, k + 1);
  };
  choose(choose, 0);
  return rows;
}

template <class Index>
void hold(const Digraph& graph, Family family, int num_threads) {
  const auto csr = test::to_csr<Index>(graph);
  const int size = data_of(family).size;
  for (const MotifClass& motif : data_of(family).classes) {
    const std::set<Row> expected = expected_rows(graph, size, motif.code);
    const auto make = [&](const InstanceFilter& filter) {
      return instances_of(test::view(csr), size, motif.code, filter, never());
    };
    const auto instances = make({});
    std::vector<std::int64_t> all;
    for (;;) {
      const auto some = instances->next(3, num_threads, never());
      if (some.empty()) break;
      CHECK(some.size() <= static_cast<std::size_t>(3 * size));
      all.insert(all.end(), some.begin(), some.end());
    }
    const auto rows = rows_of(all, size);
    CHECK_EQ(rows.size(), expected.size());
    CHECK((std::set<Row>(rows.begin(), rows.end()) == expected));
    const auto sample = rows_of(make({})->sample(4, 7, num_threads, never()), size);
    CHECK_EQ(sample.size(), std::min<std::size_t>(4, expected.size()));
    for (const Row& row : sample) CHECK(expected.contains(row));
    const std::vector<std::int64_t> node{1};
    const auto with_node = rows_of(make({node, {}})->next(1000, num_threads, never()), size);
    CHECK_EQ(std::ssize(with_node),
             std::ranges::count_if(expected, [](const Row& row) { return std::ranges::count(row, 1) > 0; }));
  }
}

void every_class_of_small_graphs() {
  Random random(3);
  for (int k = 0; k < 6; ++k)
    for (const Family family : kFamiliesFound) {
      const int n = k == 0 ? 3 : 5 + k % 2;
      const Digraph graph = test::random_digraph(n, 0.2 + 0.12 * k, random);
      hold<std::int32_t>(graph, family, 1);
      if (k == 2) hold<std::int64_t>(graph, family, 3);
    }
}

// The anchors reach every other node, and one of the ways to write an instance is singled out.
void plans() {
  for (const Family family : kFamiliesFound)
    for (const MotifClass& motif : data_of(family).classes) {
      const int size = data_of(family).size;
      const Plan plan = plan_for(size, motif.code);
      CHECK_EQ(plan.is_connected(), is_connected(motif.code, size));
      for (std::size_t p = 2; p < static_cast<std::size_t>(size) && plan.is_connected(); ++p)
        CHECK(plan.at(0, p) != 0 || plan.at(1, p) != 0);
      std::size_t n_first = 0;
      for (const Plan::Order& moved : plan.automorphisms) {
        bool ascending = true;  // with the nodes of the class at their places, ranked by place
        Plan::Order place{};
        for (std::size_t p = 0; p < static_cast<std::size_t>(size); ++p)
          place[plan.node[p]] = static_cast<std::uint8_t>(p);
        for (std::size_t q = 0; q < static_cast<std::size_t>(size); ++q)
          for (std::size_t p = 0; p < q; ++p)
            if (plan.behind[q] >> p & 1)
              ascending = ascending && place[moved[plan.node[p]]] < place[moved[plan.node[q]]];
        n_first += ascending;
      }
      CHECK_EQ(n_first, std::size_t{1});
    }
}

void no_arcs_and_no_nodes() {
  const auto none = test::to_csr<std::int32_t>(Digraph(0));
  const auto loose = test::to_csr<std::int32_t>(Digraph(4));
  for (const MotifClass& motif : kTriadClasses) {
    CHECK(instances_of(test::view(none), 3, motif.code, {}, never())->next(9, 2, never()).empty());
    CHECK(instances_of(test::view(none), 3, motif.code, {}, never())->sample(9, 2, 1, never()).empty());
    const auto found = instances_of(test::view(loose), 3, motif.code, {}, never())->next(9, 2, never());
    CHECK_EQ(found.size(), std::size_t{motif.name == "003" ? 12u : 0u});
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(every_class_of_small_graphs);
  RUN(plans);
  RUN(no_arcs_and_no_nodes);
});

}  // namespace test_instances
