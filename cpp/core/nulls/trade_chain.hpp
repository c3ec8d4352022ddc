// The chain of a large, dense block, between two layers or within one: trades of whole rows of bits, in place of swaps
// of edges.
//
// A *trade* of two rows deals the columns that only one of them has anew: each row gets as many as before, and every
// way to do so is as likely (Strona et al. 2014, doi:10.1038/ncomms5114). In a *round* the rows are paired at random,
// and every pair trades (global trades: Carstens et al. 2018, doi:10.4230/LIPIcs.ESA.2018.11).
//
// Uniform: a trade draws two rows from their uniform distribution, given all other rows, so it keeps the uniform
// distribution and is the same backwards; trades of different rows commute; and how rows are paired does not depend on
// the edges. So a round, and a chain of rounds, is the same backwards too. A swap of two edges is one of the outcomes
// of a trade, and swaps connect all states between two layers (swaps.hpp).
//
// Within a layer no edge leads from a node to itself, so the columns of the two nodes stay as they are. Swaps are still
// among the outcomes, but connect all states only together with reversals of 3-cycles (path_moves.hpp). Some of these
// are tried before the first round and after every round, so that the chain is still the same backwards.
#pragma once

#include <bit>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "nulls/block_chain.hpp"
#include "support/large_array.hpp"

namespace motifcount {

class TradeChain : public BlockChain {
 public:
  // The chain of a block, between two layers or within one, where trades are faster than swaps: of many edges in few
  // words of bits, without hubs. Else null.
  static std::unique_ptr<TradeChain> where_faster(const Block& block, Stop& stop);

  TradeChain(const Block& block, Stop& stop);

  template <class Visit>
  void for_each_edge(Visit visit) const {
    for (std::uint32_t line = 0; line < shape_->n_lines; ++line)
      for (std::uint32_t word = 0; word < shape_->n_words; ++word)
        for (std::uint64_t left = line_of(line)[word]; left != 0; left &= left - 1) {
          const std::uint32_t at = 64 * word + static_cast<std::uint32_t>(std::countr_zero(left));
          if (shape_->by_column) visit(at, line);
          else visit(line, at);
        }
  }

  // Makes rounds that mix as so many attempts to swap do, or better. Every edge of a round counts as an attempt,
  // accepted where the edge changes to the other line, and so does every cell where a 3-cycle is looked for.
  // O(rounds * lines * words) time.
  SwapStats run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) override;
  [[nodiscard]] bool is_parallel() const override { return true; }
  void copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const override;
  void append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const override;

 private:
  // Lines are rows, or columns where these are fewer.
  struct Shape {
    bool by_column, within_layer;
    std::uint32_t n_lines, length, n_words;  // bits and words of a line
    std::int64_t n_edges;
    std::vector<std::uint32_t> n_of_line;  // edges

    // Rounds that mix as one attempt to swap an edge does.
    [[nodiscard]] double rounds_per_edge() const;
  };
  static Shape shape_of(const Block& block, Stop& stop);
  TradeChain(const Block& block, Shape shape, Stop& stop);

  using Line = std::span<std::uint64_t>;
  struct Buffer {
    std::vector<std::uint64_t> either, drawn;
  };

  [[nodiscard]] const std::uint64_t* line_of(std::size_t k) const { return bits_.data() + k * shape_->n_words; }
  [[nodiscard]] Line line_of(std::size_t k) { return {bits_.data() + k * shape_->n_words, shape_->n_words}; }
  [[nodiscard]] bool has(std::uint32_t row, std::uint32_t col) const { return line_of(row)[col / 64] >> col % 64 & 1; }
  void flip(std::uint32_t row, std::uint32_t col) { line_of(row)[col / 64] ^= std::uint64_t{1} << col % 64; }
  std::int64_t run_round(std::vector<std::uint32_t>& order, Rng& rng, std::span<Buffer> buffers, Stop& stop);
  void prefetch(std::uint32_t line) const;
  std::int64_t trade(std::uint32_t a, std::uint32_t b, Buffer& buffer, Rng& rng);
  std::int64_t deal(Line first, Line second, std::int64_t n_more, Buffer& buffer, Rng& rng);
  SwapStats try_reversals(Rng& rng, Stop& stop);
  bool try_reversal(std::uint32_t a, std::uint32_t b, Rng& rng);

  std::shared_ptr<const Shape> shape_;
  LargeArray<std::uint64_t> bits_;
};

}  // namespace motifcount
