// All four-node classes of any digraph, against every four nodes.
#include "fuzz.hpp"
#include "tetrads/general.hpp"
#include "tools/counts.hpp"
#include "tools/tetrad_oracle.hpp"

namespace {

using namespace motifcount;

test::TetradTable by_number(const GeneralTetradCounts& counts) {
  test::TetradTable table;
  for (std::size_t k = 0; k < counts.size(); ++k)
    if (counts[k] != 0) table[kTetradNumbers[k]] = counts[k];
  return table;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Bytes bytes(data, size);
  const std::uint8_t options = bytes.byte();
  const fuzz::Input input = fuzz::read_graph(bytes, options % 8 == 7 ? 40 : 12);
  const int threads = options & 32 ? 3 : 1;
  const auto [first, n_kernels] = available_tetrad_kernels();
  const TetradKernels& kernels = first[static_cast<std::size_t>(options >> 6) % n_kernels];
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
  if (input.graph.n() <= 7) {
    const auto csr = test::to_csr<std::int32_t>(input.graph);
    const auto subsets = count_motifs(test::view(csr), {{Family::kTetrad}, false}, threads, test::never());
    const auto rows = test::rows_of<GeneralTetradCounts>(subsets[Family::kTetrad]);
    REQUIRE(by_number(rows.at(0)) == test::every_subset_of_four(input.graph));
  }
  return 0;
}
