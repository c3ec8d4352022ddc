// Every instruction set this machine can run, against a loop over single bits.
#include "motifcount/bit_kernels.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

#include "check.hpp"
#include "graphs.hpp"

namespace {

using namespace motifcount;
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
  return check::summary();
}
