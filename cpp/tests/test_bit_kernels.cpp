// Every instruction set this machine can run, against a loop over single bits.
#include "motifcount/bit_kernels.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "check.hpp"
#include "graphs.hpp"

namespace {

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
  Words index, out, in, both;

  Sparse(std::size_t n_words, int kind, Random& random) {
    for (std::uint64_t k = 0; k < n_words; ++k) {
      if (kind == 1 && below(random, 3) != 0) continue;
      index.push_back(k);
      out.push_back(random());
      in.push_back(random() & random());
      both.push_back(out.back() & in.back());
    }
    for (Words* const part : {&index, &out, &in, &both}) part->resize(index.size() + kWordPadding, random());
    std::fill_n(index.rbegin(), kWordPadding, kNoWord);
  }

  [[nodiscard]] SparsePlanes planes() const { return {index.data(), out.data(), in.data(), both.data()}; }
};

PlaneSums products_bit_by_bit(const Sparse& node, const std::vector<PlaneRow>& rows) {
  PlaneSums sums{};
  for (const PlaneRow& row : rows)
    for (std::size_t k = 0; k < node.index.size() && node.index[k] < row.n_words; ++k)
      for (std::size_t bit = 0; bit < 64; ++bit) {
        const bool out = row.words[2 * node.index[k]] >> bit & 1;
        const bool in = row.words[2 * node.index[k] + 1] >> bit & 1;
        const std::array here{node.out[k] >> bit & 1, node.in[k] >> bit & 1, node.both[k] >> bit & 1};
        for (std::size_t x = 0; x < 3; ++x) {
          sums.at[3 * x] += here[x] & out;
          sums.at[3 * x + 1] += here[x] & in;
          sums.at[3 * x + 2] += here[x] & (out && in);
        }
      }
  return sums;
}

void products_of_planes() {
  Random random(14);
  const auto [first, n_kernels] = available_bit_kernels();
  for (std::size_t n_words = 0; n_words <= 20; ++n_words)
    for (const int kind : {0, 1})
      for (const int n_rows : {0, 1, 2, 9}) {
        const Sparse node(n_words, kind, random);
        std::vector<Words> memory;
        std::vector<PlaneRow> rows;
        for (int r = 0; r < n_rows; ++r) {
          const auto row_words = static_cast<std::size_t>(below(random, 24));  // shorter and longer than the node's
          memory.push_back(words(2 * row_words, r % 3, random));
          rows.push_back({memory.back().data(), row_words});
        }
        const auto expected = products_bit_by_bit(node, rows);
        for (std::size_t k = 0; k < n_kernels; ++k) {
          PlaneSums sums;
          std::ranges::fill(sums.at, 5);  // the kernels add to what is there
          first[k].plane_products(node.planes(), rows.data(), rows.size(), sums);
          for (std::size_t s = 0; s < 9; ++s) CHECK_EQ(sums.at[s], expected.at[s] + 5);
        }
      }
}

std::size_t column_bit_by_bit(std::size_t plane, std::size_t word, std::size_t bit, const std::vector<PlaneRow>& rows) {
  std::size_t n = 0;
  for (const PlaneRow& row : rows) {
    if (word >= row.n_words) continue;
    const bool out = row.words[2 * word] >> bit & 1;
    const bool in = row.words[2 * word + 1] >> bit & 1;
    n += plane == 0 ? out : plane == 1 ? in : out && in;
  }
  return n;
}

void columns_of_planes() {
  Random random(15);
  const auto [first, n_kernels] = available_bit_kernels();
  for (const std::size_t n_words : {0, 1, 3, 20})
    for (const int kind : {0, 1, 2})  // all words, some, and rows of all bits: columns of kMaxColumnRows
      for (const std::size_t n_rows : {std::size_t{0}, std::size_t{1}, std::size_t{9}, kMaxColumnRows}) {
        const Sparse node(n_words, kind, random);
        std::vector<Words> memory;
        std::vector<PlaneRow> rows;
        std::size_t longest = 0;
        for (std::size_t r = 0; r < n_rows; ++r) {
          const auto row_words = static_cast<std::size_t>(1 + below(random, 23));
          memory.push_back(kind == 2 ? Words(2 * row_words, ~std::uint64_t{0}) : words(2 * row_words, 2, random));
          rows.push_back({memory.back().data(), row_words});
          longest = std::max(longest, row_words);
        }
        for (std::size_t k = 0; k < n_kernels; ++k) {
          std::vector<std::uint8_t> columns(kColumnsPerWord * (node.index.size() - kWordPadding), 7);
          first[k].plane_columns(node.planes(), rows.data(), rows.size(), columns.data());
          for (std::size_t w = 0; node.index[w] < longest; ++w)
            for (std::size_t plane = 0; plane < 3; ++plane)
              for (std::size_t bit = 0; bit < 64; ++bit)
                if ((node.out[w] | node.in[w]) >> bit & 1)
                  CHECK_EQ(std::size_t{columns[kColumnsPerWord * w + 64 * plane + bit]},
                           column_bit_by_bit(plane, node.index[w], bit, rows));
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

}  // namespace

int main() {
  RUN(list_of_kernels);
  RUN(every_size);
  RUN(empty_and_full_rows);
  RUN(products_of_planes);
  RUN(columns_of_planes);
  return check::summary();
}
