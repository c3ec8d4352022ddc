// All four-node classes of any digraph, whole and by node, against every four nodes.
#include "fuzz.hpp"
#include "tetrads/by_node.hpp"
#include "tetrads/general.hpp"
#include "tools/counts.hpp"
#include "tools/every_four.hpp"
#include "tools/tetrad_tables.hpp"

using namespace motifcount;
using test::by_number;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Bytes bytes(data, size);
  const std::uint8_t options = bytes.byte();
  const fuzz::Input input = fuzz::read_graph(bytes, options % 8 == 7 ? 40 : 12);
  const int threads = options & 32 ? 3 : 1;
  const auto [first, n_kernels] = available_tetrad_kernels();
  TetradKernels kernels = first[static_cast<std::size_t>(options >> 6) % n_kernels];
  if (options & 16) kernels.batch_cost = 0;  // hubs in batches wherever that is possible
  const auto count = [&](auto index) {
    using Index = decltype(index);
    const auto csr = test::to_csr<Index>(input.graph);
    TetradCensus<Index> census(kernels);
    const GeneralTetradCounts counts = census.count(test::view(csr), threads, test::never());
    REQUIRE(census.count(test::view(csr), 1, test::never()) == counts);  // with the memory of the first
    return counts;
  };
  const GeneralTetradCounts counts = options & 8 ? count(std::int32_t{}) : count(std::int64_t{});
  REQUIRE(by_number(counts) == test::every_four(input.graph));
  const auto csr = test::to_csr<std::int32_t>(input.graph);
  const auto at_nodes = tetrads_by_node(test::view(csr), threads, test::never(), kernels);
  const auto expected = test::every_four_by_node(input.graph);
  REQUIRE(at_nodes.size() == expected.size() + 1);
  for (std::size_t v = 0; v < expected.size(); ++v) REQUIRE(by_number(at_nodes[v]) == expected[v]);
  if (input.graph.n() <= 7) {
    const auto subsets = count_motifs(test::view(csr), {{Family::kTetrad}, false}, threads, test::never());
    const auto rows = test::rows_of<GeneralTetradCounts>(subsets[Family::kTetrad]);
    REQUIRE(by_number(rows.at(0)) == test::every_subset_of_four(input.graph));
  }
  return 0;
}
