// Counts of arrivals, start by start, against an array that is cleared for each.
#include "support/arrival_counts.hpp"

#include <vector>

#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_arrival_counts {

using namespace motifcount;
using test::below;
using test::Random;

// With numbers so small that they are exhausted again and again.
void arrivals() {
  Random random(40);
  ArrivalCounts<std::uint8_t> arrivals;
  std::int64_t wrong = 0;
  for (int start = 0; start < 2000; ++start) {
    const auto n_nodes = static_cast<std::size_t>(1 + start / 100);
    const auto n_arrivals = static_cast<std::size_t>(below(random, start % 50 == 0 ? 256 : 40));
    arrivals.next_start(n_nodes, n_arrivals);
    std::vector<std::size_t> counts(n_nodes, 0);
    for (std::size_t k = 0; k < n_arrivals; ++k) {
      const auto node = static_cast<std::size_t>(below(random, static_cast<int>(n_nodes)));
      wrong += arrivals.counted(node) != counts[node] || arrivals.count(node) != counts[node];
      ++counts[node];
    }
  }
  CHECK_EQ(wrong, 0);
}

const check::Tests tests(__FILE__, [] { RUN(arrivals); });

}  // namespace test_arrival_counts
