// Random streams and bounded integers. The golden values were computed from the papers' formulas in another language:
// they change only when every published result may change.
#include "support/rng.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <set>
#include <vector>

#include "tools/check.hpp"
#include "tools/chi_square.hpp"

namespace test_rng {

using namespace motifcount;
using Pair = std::pair<std::uint32_t, std::uint32_t>;
constexpr auto kMax64 = std::numeric_limits<std::uint64_t>::max();
constexpr auto kMax32 = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kJustAboveHalf = (std::uint32_t{1} << 31) + 1;  // half of all draws are thrown away
constexpr std::uint32_t kThreeQuarters = std::uint32_t{3} << 30;        // without, a third would come up twice as often

using First = std::array<std::uint64_t, 3>;

void golden_streams() {
  const auto first = [](Rng rng) { return std::array{rng.next(), rng.next(), rng.next()}; };
  CHECK_EQ(first(Rng(0, 0, 0)), (First{0x58306ac1df82f82, 0x57ce1194e30e2d2f, 0xb6c43261db5146fb}));
  CHECK_EQ(first(Rng(42, 7, 3)), (First{0x17dbfa1de45a467, 0x19a0d3e5c963e188, 0x539bc2f99fb7083}));
  CHECK_EQ(first(Rng(kMax64, kMax64, kMax64)), (First{0xcfc58220e7eea85e, 0xbae5371a3d8be011, 0x924f376f3d0530f7}));
}

void golden_draws() {
  Rng rng(1, 2, 3);
  const PairDraw draw(1000, kJustAboveHalf);
  for (const Pair& expected : {Pair{579, 746656432}, {17, 1998134912}, {210, 1311133129}, {705, 114330899}})
    CHECK_EQ(draw(rng), expected);
  Rng again(1, 2, 3);
  for (const std::uint32_t expected : {1188088910u, 1245331996u, 452114435u, 1274810599u})
    CHECK_EQ(uniform_below(again, kJustAboveHalf), expected);
}

void streams_differ() {
  std::set<std::uint64_t> seen;
  const std::array<std::uint64_t, 8> keys{0, 1, 2, 3, 1000, std::uint64_t{1} << 32, kMax64 - 1, kMax64};
  for (const std::uint64_t seed : keys)
    for (const std::uint64_t sample : keys)
      for (const std::uint64_t block : keys) {
        Rng rng(seed, sample, block);
        for (int k = 0; k < 4; ++k) seen.insert(rng.next());
      }
  CHECK_EQ(seen.size(), 4 * 8 * 8 * 8);
  Rng one(5, 6, 7), same(5, 6, 7);
  for (int k = 0; k < 100; ++k) CHECK_EQ(one.next(), same.next());
}

// Within a stream, and across the first values of neighbouring streams.
void bytes_are_uniform() {
  std::array<std::vector<std::int64_t>, 8> along, across;
  along.fill(std::vector<std::int64_t>(256, 0));
  across = along;
  Rng rng(11, 0, 0);
  for (std::uint64_t k = 0; k < 100000; ++k) {
    const std::uint64_t next = rng.next();
    const std::uint64_t first = Rng(11, k, 0).next();
    for (std::size_t byte = 0; byte < 8; ++byte) {
      ++along[byte][next >> (8 * byte) & 255];
      ++across[byte][first >> (8 * byte) & 255];
    }
  }
  for (std::size_t byte = 0; byte < 8; ++byte) {
    CHECK(test::looks_uniform(along[byte]));
    CHECK(test::looks_uniform(across[byte]));
  }
}

void draws_stay_within_bounds() {
  Rng rng(12, 0, 0);
  const std::array<std::uint32_t, 9> bounds{
      1, 2, 3, 1000, std::uint32_t{1} << 31, kJustAboveHalf, kThreeQuarters, kMax32 - 1, kMax32};
  for (const std::uint32_t n_i : bounds)
    for (const std::uint32_t n_j : bounds) {
      const PairDraw draw(n_i, n_j);
      bool good = true;
      for (int k = 0; k < 500; ++k) {
        const auto [i, j] = draw(rng);
        good &= i < n_i && j < n_j && uniform_below(rng, n_i) < n_i;
      }
      CHECK(good);
    }
}

// Both members and their pairs, over all values of small bounds.
void small_bounds() {
  Rng rng(13, 0, 0);
  for (const std::uint32_t n_i : {1u, 2u, 3u, 5u, 7u})
    for (const std::uint32_t n_j : {2u, 3u, 6u}) {
      const PairDraw draw(n_i, n_j);
      std::vector<std::int64_t> pairs(n_i * n_j, 0), singles(n_j, 0);
      for (int k = 0; k < 30000; ++k) {
        const auto [i, j] = draw(rng);
        ++pairs[i * n_j + j];
        ++singles[uniform_below(rng, n_j)];
      }
      CHECK(test::looks_uniform(pairs));
      CHECK(test::looks_uniform(singles));
    }
}

// Ranges and residues: the bias of a draw without rejection shows in one or the other.
void awkward_bounds() {
  Rng rng(14, 0, 0);
  for (const std::uint32_t n : {kJustAboveHalf, kThreeQuarters, kMax32, std::uint32_t{1} << 31}) {
    const PairDraw first(n, 3), second(7, n);
    std::array<std::vector<std::int64_t>, 3> ranges, residues;
    ranges.fill(std::vector<std::int64_t>(16, 0));
    residues.fill(std::vector<std::int64_t>(3, 0));
    for (int k = 0; k < 60000; ++k) {
      const std::array values{first(rng).first, second(rng).second, uniform_below(rng, n)};
      for (std::size_t v = 0; v < values.size(); ++v) {
        ++ranges[v][std::uint64_t{values[v]} * 16 / n];
        ++residues[v][values[v] % 3];
      }
    }
    for (std::size_t v = 0; v < ranges.size(); ++v) {
      CHECK(test::looks_uniform(ranges[v]));
      CHECK(test::looks_uniform(residues[v]));
    }
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(golden_streams);
  RUN(golden_draws);
  RUN(streams_differ);
  RUN(bytes_are_uniform);
  RUN(draws_stay_within_bounds);
  RUN(small_bounds);
  RUN(awkward_bounds);
});

}  // namespace test_rng
