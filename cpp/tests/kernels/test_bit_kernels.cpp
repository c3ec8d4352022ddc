// Every instruction set this machine can run, against a loop over single bits.
#include "kernels/bit_kernels.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_bit_kernels {

using namespace motifcount;
using test::below;
using test::Random;
using Words = std::vector<std::uint64_t>;

std::uint64_t bit_by_bit(const Words& row, const Words& rows, std::size_t n_rows, std::size_t stride,
                         std::size_t n_words) {
  std::uint64_t total = 0;
  for (std::size_t r = 0; r < n_rows; ++r)
    for (std::uint64_t seen = 0, bit = 0; bit < 64 * n_words; ++bit)
      if (row[bit / 64] >> (bit % 64) & rows[r * stride + bit / 64] >> (bit % 64) & 1) total += seen++;
  return total;
}

// Words with about half, few or nearly all bits set.
Words words(std::size_t n, int kind, Random& random) {
  Words result(n);
  for (auto& word : result) {
    word = random();
    if (kind == 1) word &= random() & random() & random();
    if (kind == 2) word |= random() | random() | random();
  }
  return result;
}

void every_size() {
  Random random(13);
  const auto [first, n_kernels] = available_bit_kernels();
  for (std::size_t n_words = 0; n_words <= 20; ++n_words)
    for (const std::size_t gap : {0, 1, 5})
      for (const std::size_t n_rows : {0, 1, 2, 9}) {
        const std::size_t stride = n_words + gap;
        // The last row has no gap behind it: reading on would leave the memory.
        const Words rows = words(n_rows == 0 ? 0 : (n_rows - 1) * stride + n_words, static_cast<int>(gap) % 3, random);
        const Words row = words(n_words, static_cast<int>(n_rows) % 3, random);
        const std::uint64_t expected = bit_by_bit(row, rows, n_rows, stride, n_words);
        for (std::size_t k = 0; k < n_kernels; ++k)
          CHECK_EQ(first[k].pair_sum(row.data(), rows.data(), n_rows, stride, n_words), expected);
      }
}

void empty_and_full_rows() {
  const auto [first, n_kernels] = available_bit_kernels();
  for (const std::size_t n_words : {1, 7, 8, 9, 16, 20}) {
    const Words none(n_words, 0), all(n_words, ~std::uint64_t{0});
    const std::uint64_t bits = 64 * n_words;
    Words one = none;
    one.back() = std::uint64_t{1} << 63;
    for (std::size_t k = 0; k < n_kernels; ++k) {
      const PairSum pair_sum = first[k].pair_sum;
      CHECK_EQ(pair_sum(none.data(), all.data(), 1, n_words, n_words), 0);
      CHECK_EQ(pair_sum(one.data(), all.data(), 1, n_words, n_words), 0);
      CHECK_EQ(pair_sum(all.data(), all.data(), 1, n_words, n_words), bits * (bits - 1) / 2);
    }
  }
}

// A node's planes with words left out, and how the kernels must see them.
struct Sparse {
  Words index;
  std::array<Words, 3> of_code;

  Sparse(std::size_t n_words, bool all, bool mutual, Random& random) {
    for (std::uint64_t k = 0; k < n_words; ++k) {
      if (!all && below(random, 3) != 0) continue;
      index.push_back(k);
      const std::uint64_t out = random(), in = random() & (mutual ? random() : ~out);
      of_code[0].push_back(out & ~in);
      of_code[1].push_back(in & ~out);
      of_code[2].push_back(out & in);
    }
    n_bits_ = 64 * index.size();
    index.resize(index.size() + kWordPadding, kNoWord);
    for (Words& words : of_code) words.resize(index.size(), random());
  }

  [[nodiscard]] SparsePlanes planes() const {
    return {index.data(), {of_code[0].data(), of_code[1].data(), of_code[2].data()}};
  }
  [[nodiscard]] std::size_t n_bits() const { return n_bits_; }
  [[nodiscard]] std::size_t code(std::size_t word, std::size_t bit) const {
    for (std::size_t x = 0; x < 3; ++x)
      if (of_code[x][word] >> bit & 1) return x + 1;
    return 0;
  }

 private:
  std::size_t n_bits_;
};

// Rows of every code, shorter and longer than the node's, those with more words first.
struct Rows {
  std::vector<Words> memory;
  std::array<std::vector<PlaneRow>, 4> of;
  bool has_mutual;

  Rows(const std::array<std::size_t, 4>& sizes, bool all_bits, bool mutual, Random& random) : has_mutual(mutual) {
    std::size_t position = 0;
    for (std::size_t uv = 1; uv < 4; ++uv) {
      for (std::size_t r = 0; r < sizes[uv]; ++r) {
        const auto n_words = static_cast<std::size_t>(1 + below(random, 23));
        memory.push_back(all_bits ? Words(2 * n_words, ~std::uint64_t{0})
                                  : words(2 * n_words, static_cast<int>(r) % 3, random));
        for (std::size_t k = 0; !mutual && k < n_words; ++k) memory.back()[2 * k + 1] &= ~memory.back()[2 * k];
        of[uv].push_back({memory.back().data(), n_words, 2 * position++});
      }
      std::ranges::sort(of[uv], std::greater{}, &PlaneRow::n_words);
    }
  }

  [[nodiscard]] std::size_t size() const { return memory.size(); }
  [[nodiscard]] RowsByCode by_code() const {
    RowsByCode rows{};
    for (std::size_t uv = 1; uv < 4; ++uv) rows.of[uv] = {of[uv].data(), of[uv].size()};
    rows.has_mutual = has_mutual;
    return rows;
  }
};

struct Triangles {
  std::array<std::uint64_t, kClosedLanes> total{};
  std::vector<std::array<std::uint32_t, kClosedLanes>> by_position;
  std::vector<std::array<std::uint32_t, kLinkLanes>> by_link;
};

Triangles bit_by_bit(const Sparse& node, const Rows& rows, std::size_t n_positions) {
  Triangles found;
  found.by_position.resize(n_positions);
  found.by_link.resize(n_positions);
  for (std::size_t uv = 1; uv < 4; ++uv)
    for (const PlaneRow& row : rows.of[uv]) {
      std::size_t position = 0;
      for (std::size_t k = 0; node.index[k] != kNoWord; ++k)
        for (std::size_t bit = 0; bit < 64; ++bit) {
          const std::size_t uw = node.code(k, bit);
          if (uw == 0) continue;
          const std::size_t w = position++;
          if (node.index[k] >= row.n_words) continue;
          const std::size_t vw =
              (row.words[2 * node.index[k]] >> bit & 1) | (row.words[2 * node.index[k] + 1] >> bit & 1) << 1;
          if (vw == 0) continue;
          const std::size_t c = closed_index(uv, uw, vw);
          ++found.total[c];
          ++found.by_position[row.position][c];
          ++found.by_position[w][c];
          const std::size_t wv = vw == 3 ? 3 : 3 - vw;
          ++found.by_link[row.position][3 * (uw - 1) + vw - 1];
          ++found.by_link[w][3 * (uv - 1) + wv - 1];
        }
    }
  return found;
}

void triangles_of_planes() {
  Random random(14);
  const auto [first, n_kernels] = available_bit_kernels();
  using Sizes = std::array<std::size_t, 4>;
  for (std::size_t n_words = 0; n_words <= 20; ++n_words)
    for (const bool all : {true, false})  // words of the node, and bits of many rows
      for (const Sizes& sizes : {Sizes{0, 0, 0, 0}, Sizes{0, 1, 0, 0}, Sizes{0, 0, 2, 1}, Sizes{0, 9, 0, 7},
                                 Sizes{0, kMostRows, 0, 0}, Sizes{0, 85, 85, 85}, Sizes{0, 4, 5, 0}}) {
        const bool mutual = sizes[1] != 4;
        const Sparse node(n_words, all, mutual, random);
        const Rows rows(sizes, all && sizes[1] == kMostRows, mutual, random);
        const std::size_t n_positions = std::max(node.n_bits(), 2 * rows.size());
        const Triangles expected = bit_by_bit(node, rows, n_positions);
        for (std::size_t k = 0; k < n_kernels; ++k) {
          std::uint64_t total[kClosedLanes];
          std::ranges::fill(total, 5);  // the kernels add to what is there
          first[k].add_triangles(node.planes(), rows.by_code(), total);
          std::vector<ClosedCounts> by_position(n_positions, {{7, 7, 7, 7, 7, 7, 7, 7}});
          first[k].add_triangles_by_node(node.planes(), rows.by_code(), by_position.data());
          for (std::size_t c = 0; c < kClosedLanes; ++c) {
            CHECK_EQ(total[c], expected.total[c] + 5);
            for (std::size_t p = 0; p < n_positions; ++p)
              CHECK_EQ(by_position[p].of[c], expected.by_position[p][c] + 7);
          }
          std::vector<LinkCounts> by_link(n_positions, {{7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7}});
          first[k].add_triangles_by_link(node.planes(), rows.by_code(), by_link.data());
          for (std::size_t p = 0; p < n_positions; ++p)
            for (std::size_t s = 0; s < kLinkLanes; ++s) CHECK_EQ(by_link[p].of[s], expected.by_link[p][s] + 7);
        }
      }
}

// Of two nodes that are linked, by the links that a graph has.
StripLine line_of(Linked linked, int kind, Random& random) {
  StripLine line{};
  for (std::size_t k = 0; k < kHalfWords; ++k) {
    line.half[0][k] = words(1, kind, random)[0];
    line.half[1][k] = words(1, kind, random)[0] & ~(linked == Linked::kEither ? line.half[0][k] : 0);
  }
  return line;
}

// The link of a column, by a dyad code; 0 without one.
std::size_t code_at(const StripLine& line, Linked linked, std::size_t column) {
  const std::size_t k = column % kHalfNodes / 64, bit = column % 64;
  if (linked == Linked::kOneWay) return (line.half[column / kHalfNodes][k] >> bit & 1) << 1;
  return (line.half[0][k] >> bit & 1) | (line.half[1][k] >> bit & 1) << 1;
}

struct StripCounts {
  std::uint64_t shared[3][3][3] = {};  // where those of code 3 are among those of 1 and 2 too
  std::vector<StripColumns> columns = std::vector<StripColumns>(kMostPlaces);
};

StripCounts bit_by_bit(const StripLine& x, const std::vector<StripLine>& strip,
                       const std::array<std::vector<std::uint16_t>, 3>& rows, Linked linked,
                       const std::vector<std::uint8_t>& places) {
  const auto among = [](std::size_t code, std::size_t link) {
    return code != 0 && (link == 2 ? code == 3 : (code >> link & 1) != 0);
  };
  StripCounts found;
  for (std::size_t w = 0; w < 2 * kHalfNodes; ++w) {
    if (w >= kHalfNodes && linked != Linked::kOneWay) break;
    const std::size_t xw = code_at(x, linked, w);
    for (std::size_t xy = 0; xy < 3; ++xy)
      for (const std::uint16_t row : rows[xy]) {
        const std::size_t yw = code_at(strip[row], linked, w);
        for (std::size_t a = 0; a < 3; ++a)
          for (std::size_t b = 0; b < 3; ++b) found.shared[xy][a][b] += among(xw, a) && among(yw, b);
        if (xw != 0 && yw != 0) ++found.columns[places[9 * xy + 3 * (xw - 1) + yw - 1]].of[w];
      }
  }
  return found;
}

void sums_over_lines() {
  Random random(15);
  constexpr std::size_t n_lines = 400;
  const auto [first, n_kernels] = available_bit_kernels();
  for (const Linked linked : {Linked::kOneWay, Linked::kEither, Linked::kMutual})
    for (const std::array<std::size_t, 3>& sizes :
         {std::array<std::size_t, 3>{1, 0, 2}, {31, 32, 33}, {0, 64, 0}, {65, 0, 300}, {n_lines - 1, n_lines - 1, 1}}) {
      std::vector<StripLine> strip(1);
      while (strip.size() < n_lines) strip.push_back(line_of(linked, static_cast<int>(strip.size()) % 3, random));
      std::array<std::vector<std::uint16_t>, 3> rows;
      for (std::size_t xy = 0; xy < 3; ++xy)
        for (std::size_t k = 0; k < sizes[xy]; ++k)
          rows[xy].push_back(static_cast<std::uint16_t>(1 + (5 * k) % (n_lines - 1)));
      std::vector<std::uint8_t> places;
      for (int k = 0; k < 27; ++k) places.push_back(static_cast<std::uint8_t>(below(random, kMostPlaces)));
      const StripLine x = line_of(linked, 0, random);
      const StripCounts expected = bit_by_bit(x, strip, rows, linked, places);
      for (std::size_t kernel = 0; kernel < n_kernels; ++kernel) {
        const StripKernels& kernels = first[kernel].strips;
        StripSums sums[3];
        StripCounts found;
        for (std::size_t xy = 0; xy < 3; ++xy) {
          sums[xy].n_bits = 0;
          auto padded = rows[xy];
          padded.resize(padded.size() + kLinesAtOnce, 0);
          if (sizes[xy] > 0) kernels.sum_lines(strip.data(), padded.data(), sizes[xy], linked, sums[xy]);
          if (sizes[xy] > 0) kernels.count_shared(x, sums[xy], linked, found.shared[xy]);
          for (std::size_t k = 0; k < 9; ++k)
            CHECK_EQ(found.shared[xy][k / 3][k % 3], expected.shared[xy][k / 3][k % 3]);
        }
        for (auto& column : found.columns) std::ranges::fill(column.of, 9);  // what is added to
        kernels.add_columns(x, sums, linked, places.data(), kMostPlaces, found.columns.data());
        for (std::size_t place = 0; place < kMostPlaces; ++place)
          for (std::size_t w = 0; w < 2 * kHalfNodes; ++w)
            CHECK_EQ(found.columns[place].of[w], expected.columns[place].of[w] + 9);
      }
    }
}

void list_of_kernels() {
  const auto [first, n_kernels] = available_bit_kernels();
  CHECK(n_kernels >= 1);
  CHECK_EQ(std::string_view(first[0].name), "portable");
  CHECK_EQ(std::string_view(bit_kernels().name), first[n_kernels - 1].name);
  CHECK(bit_kernels().pair_sum == first[n_kernels - 1].pair_sum);
  for (std::size_t k = 0; k < n_kernels; ++k) std::cout << "kernel: " << first[k].name << '\n';
}

const check::Tests tests(__FILE__, [] {
  RUN(list_of_kernels);
  RUN(every_size);
  RUN(empty_and_full_rows);
  RUN(triangles_of_planes);
  RUN(sums_over_lines);
});

}  // namespace test_bit_kernels
