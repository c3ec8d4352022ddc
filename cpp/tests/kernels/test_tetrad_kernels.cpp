// Every instruction set this machine can run, against a loop over single bits and single lanes.
#include "kernels/tetrad_kernels.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_tetrad_kernels {

using namespace motifcount;
using test::below;
using test::Random;
using Words = std::vector<std::uint64_t>;

std::uint64_t n_common(std::uint64_t a, std::uint64_t b) {
  std::uint64_t n = 0;
  for (std::uint64_t bit = 0; bit < 64; ++bit) n += (a & b) >> bit & 1;
  return n;
}

void common_bits() {
  Random random(31);
  const auto [first, n_kernels] = available_tetrad_kernels();
  for (const std::size_t n_pairs : {0, 1, 2, 7, 64, 500})
    for (const bool mutual : {false, true}) {
      constexpr std::uint32_t n_rows = 20, row_size = 12;
      constexpr std::array<std::uint8_t, 4> links{2, 0, 1, 0};  // of the words of a row
      Words words(row_size * n_rows + 1);
      for (auto& word : words) word = random();
      if (!mutual)
        for (std::size_t k = 2; k < words.size(); k += 3) words[k] = k < 10 * row_size ? 0 : words[k];
      std::vector<RowPair> pairs;
      for (std::size_t k = 0; k < n_pairs; ++k)
        pairs.push_back({row_size * static_cast<std::uint32_t>(below(random, 10)),
                         row_size * static_cast<std::uint32_t>(below(random, n_rows))});
      std::array<CommonBits, 3> expected;
      for (auto& sums : expected) sums.fill(5);  // the kernels add to what is there
      for (const RowPair& pair : pairs)
        for (std::size_t w = 0; w < links.size(); ++w)
          for (std::size_t s = 0; s < 9; ++s)
            expected[links[w]][s] += n_common(words[pair.first + 3 * w + s / 3], words[pair.second + 3 * w + s % 3]);
      for (std::size_t k = 0; k < n_kernels; ++k) {
        std::array<CommonBits, 3> sums;
        for (auto& of_link : sums) of_link.fill(5);
        first[k].add_common_bits(words.data(), {pairs.data(), pairs.size(), mutual}, links.data(), links.size(),
                                 sums.data());
        CHECK_EQ(sums, expected);
      }
    }
}

// The largest numbers there may be, too: none is cut off.
void sums_of_counters_and_edges() {
  Random random(38);
  const auto [first, n_kernels] = available_tetrad_kernels();
  constexpr std::size_t n_nodes = 20;
  std::vector<std::uint8_t> bytes(kLanes * n_nodes, 255);
  std::vector<std::uint16_t> shorts(kLanes * n_nodes, 65535);
  std::vector<std::uint32_t> numbers(9 * n_nodes + 3);
  for (std::size_t k = kLanes; k < bytes.size(); ++k) bytes[k] = static_cast<std::uint8_t>(random());
  for (std::size_t k = kLanes; k < shorts.size(); ++k) shorts[k] = static_cast<std::uint16_t>(random());
  for (auto& number : numbers) number = static_cast<std::uint32_t>(random());
  for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{7}, kMostSummed}) {
    std::vector<std::uint32_t> entries, edges;
    for (std::size_t k = 0; k < n; ++k) {
      const int node = n == kMostSummed ? 0 : below(random, n_nodes);
      edges.push_back(static_cast<std::uint32_t>(node));
      entries.push_back(static_cast<std::uint32_t>(16 * node + (n == kMostSummed ? 1 : below(random, 3))));
    }
    std::uint16_t of_bytes[3][kLanes] = {};
    std::uint32_t of_shorts[3][kLanes] = {}, of_edges[12] = {};
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t t = 0; t < kLanes; ++t) {
        const std::size_t counter = kLanes * edges[k] + t, link = entries[k] % 16;
        of_bytes[link][t] = static_cast<std::uint16_t>(of_bytes[link][t] + bytes[counter]);
        of_shorts[link][t] += shorts[counter];
      }
      for (std::size_t t = 0; t < 12; ++t) of_edges[t] += numbers[9 * edges[k] + t];
    }
    for (std::size_t k = 0; k < n_kernels; ++k) {
      std::uint16_t found_bytes[3][kLanes];
      std::uint32_t found_shorts[3][kLanes], found_edges[12];
      first[k].sum_bytes(bytes.data(), entries.data(), n, found_bytes);
      first[k].sum_shorts(shorts.data(), entries.data(), n, found_shorts);
      first[k].sum_edges(numbers.data(), edges.data(), n, found_edges);
      CHECK(std::memcmp(of_bytes, found_bytes, sizeof of_bytes) == 0);
      CHECK(std::memcmp(of_shorts, found_shorts, sizeof of_shorts) == 0);
      CHECK(std::equal(of_edges, of_edges + 12, found_edges));
    }
  }
}

void pairs_of_rows() {
  Random random(37);
  const auto [first, n_kernels] = available_tetrad_kernels();
  for (const int n_ands : {0, 1, 4}) {
    Words words(21 * 50);
    std::vector<std::uint32_t> row_at(64);
    for (auto& row : row_at) row = static_cast<std::uint32_t>(random());
    std::vector<std::array<std::uint32_t, 2>> expected;
    for (std::uint32_t row = 5 * 21; row < words.size(); row += 21) {
      words[row] = below(random, 9) == 0 ? 0 : ~std::uint64_t{0};
      for (int k = 0; k < n_ands; ++k) words[row] &= random();
      for (std::size_t bit = 0; bit < 64; ++bit)
        if (words[row] >> bit & 1) expected.push_back({row, row_at[bit]});
    }
    for (std::size_t k = 0; k < n_kernels; ++k) {
      std::vector<RowPair> pairs(expected.size() + kPairsBehind);
      const RowRange rows{5 * 21, 50 * 21, 21};
      CHECK_EQ(first[k].list_pairs(words.data(), rows, row_at.data(), pairs.data()), expected.size());
      for (std::size_t p = 0; p < expected.size(); ++p)
        CHECK_EQ((std::array{pairs[p].first, pairs[p].second}), expected[p]);
    }
  }
}

// Bit by bit: those of a mask move to `shift` on.
void rows_of_pieces() {
  Random random(32);
  const auto [first, n_kernels] = available_tetrad_kernels();
  for (int round = 0; round < 200; ++round) {
    constexpr std::size_t n_words = 7;
    constexpr std::uint32_t first_word = 2;
    const Words planes{random(),
                       random(),
                       random() & random(),
                       0,  // and the second
                       random(),
                       random(),
                       random(),
                       ~std::uint64_t{0}};
    std::vector<RowPiece> pieces;
    std::vector<std::uint32_t> targets, piece_ends(first_word);
    for (std::uint32_t source = 0; source < 4; ++source) {
      const std::uint64_t mask = round % 10 == 0 ? ~std::uint64_t{0} : random() & random() & random() & random();
      const std::uint64_t rest = random() & random() & random() & random() & ~mask;
      pieces.push_back({mask, source, 0});
      targets.push_back(first_word + source);
      const auto n = static_cast<std::uint32_t>(n_common(mask, mask));
      if (n + n_common(rest, rest) <= 64 && n < 64) {
        pieces.push_back({rest, source, n});
        targets.push_back(first_word + source);
      }
      piece_ends.push_back(static_cast<std::uint32_t>(pieces.size()));
    }
    std::array<std::uint8_t, n_words> links{};
    Words counted(n_words);
    for (std::size_t w = 0; w < n_words; ++w) {
      links[w] = static_cast<std::uint8_t>(below(random, 3));
      counted[w] = random();
    }
    const auto position = static_cast<std::size_t>(below(random, 64 * n_words));
    std::array<std::uint32_t, 9> expected_counts{};
    Words expected(3 * n_words, 0);
    std::uint32_t n_expected = 0;
    piece_ends.resize(n_words, piece_ends.back());
    for (std::size_t p = 0; p < pieces.size(); ++p)
      for (std::size_t bit = 0, to = pieces[p].shift; bit < 64; ++bit) {
        const RowPiece& piece = pieces[p];
        if (!(piece.mask >> bit & 1)) continue;
        const std::size_t code =
            (planes[piece.source] >> bit & 1) + 2 * (planes[piece.source + kSecondPlane] >> bit & 1);
        if (code > 0) {
          if (counted[targets[p]] >> to & 1) {
            ++expected_counts[3 * (code - 1) + links[targets[p]]];
            ++n_expected;
          }
          if (64 * targets[p] + to > position) expected[3 * targets[p] + code - 1] |= std::uint64_t{1} << to;
        }
        ++to;
      }
    const RowLayout layout{pieces.data(), piece_ends.data(), first_word, n_words, links.data(), counted.data()};
    for (std::size_t k = 0; k < n_kernels; ++k) {
      if (first[k].extract_row == nullptr) continue;
      Words row(3 * n_words, 0);
      std::uint32_t counts[9] = {};
      CHECK_EQ(first[k].extract_row(planes.data(), layout, position, row.data(), counts), n_expected);
      CHECK_EQ(std::to_array(counts), expected_counts);
      CHECK_EQ(row, expected);
    }
  }
}

using Products = std::array<std::array<std::uint64_t, kLanes>, 9>;

void add(Products& products, const std::uint16_t* lanes) {
  for (std::size_t s = 0; s < 9; ++s)
    for (std::size_t t = s; t < kLanes; ++t) products[s][t] += std::uint64_t{lanes[s]} * lanes[t];
}

// Lanes that the kernel need not give are left out.
void hold(const LaneProducts& found, const Products& expected, bool degrees) {
  for (std::size_t s = 0; s < 9; ++s)
    for (std::size_t t = s; t < kLanes; ++t)
      if (degrees || t < 9 || t == kLanes - 1) CHECK_EQ(found.of[s][t], expected[s][t]);
}

void lane_products() {
  Random random(33);
  const auto [first, n_kernels] = available_tetrad_kernels();
  for (const bool degrees : {false, true})
    for (const std::size_t size : {0, 1, 2, 3, 127, 128})
      for (std::size_t k = 0; k < n_kernels; ++k) {
        LaneVectors vectors{};
        vectors.degrees = degrees;
        vectors.size = size;
        Products expected{};
        for (std::size_t v = 0; v < size; ++v) {
          for (std::size_t s = 0; s < kLanes; ++s) {
            const bool used = s < 9 || s == kLanes - 1 || degrees;
            const int most = s < 9 ? 2048 : 8192;
            vectors.of[v][s] = static_cast<std::uint16_t>(!used ? 0 : size == 128 ? most - 1 : below(random, most));
          }
          add(expected, vectors.of[v]);
        }
        LaneProducts products{};
        first[k].add_products(vectors, products);
        CHECK_EQ(vectors.size, 0);
        hold(products, expected, degrees);
      }
}

void counters() {
  Random random(34);
  const auto [first, n_kernels] = available_tetrad_kernels();
  for (const std::size_t n : {0, 1, 2, 3, 50, 301, 1000})
    for (const int most : {1, 2, 256})
      for (std::size_t k = 0; k < n_kernels; ++k) {
        std::vector<std::uint8_t> bytes(kLanes * (n + 1), 0);
        Products expected{};
        for (std::size_t v = 0; v <= n; ++v) {
          std::uint8_t* const own = bytes.data() + kLanes * v;
          std::uint16_t lanes[kLanes] = {};
          int total = 0;
          for (std::size_t s = 0; s < 9; ++s) {
            own[s] = static_cast<std::uint8_t>(below(random, 9) == 0 ? below(random, most) + (most < 256) : 0);
            lanes[s] = own[s];
            total += own[s];
          }
          lanes[kLanes - 1] = 1;
          if (v < n && total > 1) add(expected, lanes);
        }
        const std::vector<std::uint8_t> behind(bytes.end() - kLanes, bytes.end());
        LaneVectors vectors{};
        LaneProducts products{};
        first[k].take_counters(bytes.data(), n, vectors, products);
        first[k].add_products(vectors, products);
        hold(products, expected, false);
        std::vector<std::uint8_t> cleared(kLanes * n, 0);
        cleared.insert(cleared.end(), behind.begin(), behind.end());
        CHECK_EQ(bytes, cleared);
      }
}

void hubs_of_rows() {
  Random random(35);
  const auto [first, n_kernels] = available_tetrad_kernels();
  for (std::size_t k = 0; k < n_kernels; ++k) {
    for (const std::size_t n : {1, 2, 3, 4, 7, 8, 15, 16, 31, 63, 64, 100, 127, 128, 200, 255})
      for (const int planes : {0, 1, 2, 3}) {  // the bits that are used
        std::vector<Words> rows(n, Words(16));
        std::vector<const std::uint64_t*> at;
        std::vector<std::array<int, 3>> expected(kBatch);
        for (Words& row : rows) {
          for (std::size_t w = 0; w < row.size(); ++w)
            row[w] = planes >> w / kSecondPlane % 2 & 1 ? (n == 255 ? ~std::uint64_t{0} : random()) : 0;
          at.push_back(row.data());
          for (std::size_t hub = 0; hub < kBatch; ++hub) {
            const std::size_t code =
                (row[plane_word(hub)] >> hub % 64 & 1) + 2 * (row[plane_word(hub) + kSecondPlane] >> hub % 64 & 1);
            if (code > 0) ++expected[hub][code - 1];
          }
        }
        BatchCounts counts[3];
        const unsigned present = first[k].count_hubs(at.data(), n, counts);
        for (std::size_t z = 0; z < 3; ++z) {
          bool any = false;
          for (std::size_t hub = 0; hub < kBatch; ++hub) {
            CHECK_EQ(counts[z][hub], expected[hub][z]);
            any |= expected[hub][z] > 0;
          }
          CHECK_EQ(present >> z & 1, any);
        }
      }
  }
}

// Of all batches, in the lanes and beside them.
template <class Counts>
void add(std::array<std::array<std::uint64_t, 10>, 9>& products, const Counts* counts) {
  for (std::size_t s = 0; s < 9; ++s)
    for (std::size_t hub = 0; hub < kBatch; ++hub) {
      products[s][9] += counts[s][hub];
      for (std::size_t t = s; t < 9; ++t) products[s][t] += std::uint64_t{counts[s][hub]} * counts[t][hub];
    }
}

void products_of_batches() {
  Random random(36);
  const auto [first, n_kernels] = available_tetrad_kernels();
  for (std::size_t k = 0; k < n_kernels; ++k) {
    for (const int range : {2, 128}) {
      alignas(64) BatchCounts counts[9] = {};
      alignas(64) LongBatchCounts long_counts[9] = {};
      BatchProducts products;
      std::array<std::array<std::uint64_t, 10>, 9> expected{};
      const auto number = [&](int below_this) { return range == 2 ? below(random, 2) : below_this - 1; };
      for (int round = 0; round < 300; ++round) {  // lanes pass 2^32 many times over
        const auto present = static_cast<unsigned>(below(random, 512));
        for (std::size_t s = 0; s < 9; ++s)
          for (std::size_t hub = 0; hub < kBatch; ++hub) {
            counts[s][hub] = static_cast<std::uint8_t>(present >> s & 1 ? number(kMostShort + 1) : 0);
            long_counts[s][hub] = static_cast<std::uint16_t>(number(kMostLong + 1));
          }
        first[k].add_batch_products(counts, present, products);
        add(expected, counts);
        if (round % 2 == 0) continue;
        first[k].add_long_batch_products(long_counts, products);
        add(expected, long_counts);
      }
      for (std::size_t s = 0; s < 9; ++s)
        for (std::size_t t = s; t < 10; ++t) {
          std::uint64_t sum = products.sums[s][t];
          for (const std::uint32_t lane : products.lanes[s][t]) sum += lane;
          CHECK_EQ(sum, expected[s][t]);
        }
    }
  }
}

void list_of_kernels() {
  const auto [first, n_kernels] = available_tetrad_kernels();
  CHECK_EQ(std::string_view(first[0].name), "portable");
  CHECK_EQ(std::string_view(tetrad_kernels().name), first[n_kernels - 1].name);
  for (std::size_t k = 0; k < n_kernels; ++k) std::cout << "kernel: " << first[k].name << '\n';
}

const check::Tests tests(__FILE__, [] {
  RUN(list_of_kernels);
  RUN(sums_of_counters_and_edges);
  RUN(pairs_of_rows);
  RUN(common_bits);
  RUN(rows_of_pieces);
  RUN(lane_products);
  RUN(counters);
  RUN(hubs_of_rows);
  RUN(products_of_batches);
});

}  // namespace test_tetrad_kernels
