#include "nulls/trade_chain.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "nulls/swap_chain.hpp"
#include "support/threads.hpp"

namespace motifcount {
namespace {

constexpr std::size_t kWordsPerTask = 1 << 15;
constexpr unsigned kLevels = 4;  // of the share of bits that is drawn at first, in steps of 2^-4
// Of the cost of a trade, and of an attempt to swap, in words of a trade.
constexpr double kFirstWords = 60, kWordsPerEdge = 3;
constexpr int kTries = 64;

std::uint32_t n_set(std::span<const std::uint64_t> words) {
  std::uint32_t n = 0;
  for (const std::uint64_t word : words) n += static_cast<std::uint32_t>(std::popcount(word));
  return n;
}

// One of the n bits of word(k), k below n_words, as (k, bit): by places drawn at random, or, where these have few, by
// its number.
template <class Word>
std::pair<std::size_t, std::uint64_t> draw_bit(std::size_t n_words, std::uint32_t n, Rng& rng, Word word) {
  for (int k = 0; k < kTries; ++k) {
    const std::uint32_t place = uniform_below(rng, static_cast<std::uint32_t>(64 * n_words));
    const std::uint64_t bit = std::uint64_t{1} << place % 64;
    if (word(place / 64) & bit) return {place / 64, bit};
  }
  std::uint32_t rank = uniform_below(rng, n);
  for (std::size_t k = 0;; ++k) {
    std::uint64_t left = word(k);
    const auto here = static_cast<std::uint32_t>(std::popcount(left));
    if (rank < here) {
      for (; rank > 0; --rank) left &= left - 1;
      return {k, left & -left};
    }
    rank -= here;
  }
}

// Makes `drawn` n_wanted of the n_among bits, every choice as likely. Every bit is first drawn independently, with one
// probability; then random ones are added, or taken away: given their number, all choices stay alike.
void draw_subset(std::span<const std::uint64_t> among, std::uint32_t n_among, std::uint32_t n_wanted,
                 std::span<std::uint64_t> drawn, Rng& rng) {
  constexpr std::uint64_t steps = 1 << kLevels;
  const std::uint64_t share = (2 * steps * n_wanted + n_among) / (2 * std::uint64_t{n_among});  // of `steps`, rounded
  if (share == 0 || share == steps) {
    if (share == 0) std::ranges::fill(drawn, 0);
    else std::ranges::copy(among, drawn.begin());
  } else {
    const auto lowest = static_cast<unsigned>(std::countr_zero(share));
    for (std::size_t k = 0; k < drawn.size(); ++k) {
      std::uint64_t random = rng.next();  // each bit set with a probability of 1/2, then of share / steps
      for (unsigned level = lowest + 1; level < kLevels; ++level)
        random = share >> level & 1 ? random | rng.next() : random & rng.next();
      drawn[k] = among[k] & random;
    }
  }
  std::uint32_t n = n_set(drawn);
  for (; n > n_wanted; --n) {
    const auto [k, bit] = draw_bit(drawn.size(), n, rng, [&](std::size_t w) { return drawn[w]; });
    drawn[k] ^= bit;
  }
  for (; n < n_wanted; ++n) {
    const auto [k, bit] = draw_bit(drawn.size(), n_among - n, rng, [&](std::size_t w) { return among[w] & ~drawn[w]; });
    drawn[k] ^= bit;
  }
}

}  // namespace

// What a line has alone of a column, it keeps with a probability a / (a + b), when a and b are the edges that it and
// its partner are likely to have alone: that of the most edges, if it is not full, changes slowest. With attempts to
// swap edges, or holes, a share of exp(-2 (1 - density)) is left after one an edge.
double TradeChain::Shape::rounds_per_edge() const {
  std::uint32_t most = 0;
  for (const std::uint32_t n : n_of_line)
    if (n < length) most = std::max(most, n);
  if (most == 0) return 1;  // all are full
  double kept = 0;
  for (const std::uint32_t n : n_of_line) {
    const double a = 1.0 * most * (length - n), b = 1.0 * n * (length - most);
    kept += n == length ? 1 : a / (a + b);  // a full line has nothing to trade for
  }
  const double density = static_cast<double>(n_edges) / n_lines / length;
  return 2 * std::max(density, 1 - density) / -std::log(kept / n_lines);
}

std::unique_ptr<TradeChain> TradeChain::where_faster(const Block& block, Stop& stop) {
  if (block.edges.size() <= SwapChain::kGroupEdges) return nullptr;
  Shape shape = shape_of(block, stop);
  const double trades = shape.rounds_per_edge() * shape.n_lines / 2;
  if (trades * (kFirstWords + shape.n_words) > kWordsPerEdge * static_cast<double>(shape.n_edges)) return nullptr;
  return std::unique_ptr<TradeChain>(new TradeChain(block, std::move(shape), stop));
}

TradeChain::Shape TradeChain::shape_of(const Block& block, Stop& stop) {
  const auto [few, many] = std::minmax({block.rows.size(), block.cols.size()});
  Shape shape{block.cols.size() < block.rows.size(),
              static_cast<std::uint32_t>(few),
              static_cast<std::uint32_t>(many),
              static_cast<std::uint32_t>((many + 63) / 64),
              std::ssize(block.edges),
              std::vector<std::uint32_t>(few, 0)};
  PacedStop pace(stop);
  for (const Cell& edge : block.edges) {
    pace(kEdgeUnits);
    ++shape.n_of_line[shape.by_column ? edge.target : edge.source];
  }
  return shape;
}

TradeChain::TradeChain(const Block& block, Stop& stop) : TradeChain(block, shape_of(block, stop), stop) {}

TradeChain::TradeChain(const Block& block, Shape shape, Stop& stop)
    : shape_(std::make_shared<const Shape>(std::move(shape))) {
  PacedStop pace(stop);
  bits_.resize(std::size_t{shape_->n_lines} * shape_->n_words);
  std::ranges::fill(bits_, 0);
  for (const Cell& edge : block.edges) {
    pace(kEdgeUnits);
    const std::uint32_t at = shape_->by_column ? edge.source : edge.target;
    const std::size_t line = shape_->by_column ? edge.target : edge.source;
    bits_[line * shape_->n_words + at / 64] |= std::uint64_t{1} << at % 64;
  }
}

void TradeChain::copy_to(std::unique_ptr<BlockChain>& target, Stop& /*stop*/) const { copy_chain(*this, target); }

void TradeChain::append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const {
  append_edges(*this, block, arcs, pace);
}

SwapStats TradeChain::run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) {
  if (shape_->n_lines < 2) return {attempts, 0};
  std::vector<std::uint32_t> order(shape_->n_lines);
  std::iota(order.begin(), order.end(), 0u);
  const std::span<Buffer> buffers = workspaces.of<Buffer>();
  const double per_edge = static_cast<double>(attempts) / static_cast<double>(shape_->n_edges);
  const auto n_rounds = static_cast<std::int64_t>(std::ceil(per_edge * shape_->rounds_per_edge()));
  SwapStats stats{n_rounds * shape_->n_edges, 0};
  for (std::int64_t round = 0; round < n_rounds; ++round) stats.accepted += run_round(order, rng, buffers, stop);
  return stats;
}

std::int64_t TradeChain::run_round(std::vector<std::uint32_t>& order, Rng& rng, std::span<Buffer> buffers, Stop& stop) {
  for (auto k = static_cast<std::uint32_t>(order.size()); k > 1; --k)
    std::swap(order[k - 1], order[uniform_below(rng, k)]);
  const std::size_t n_pairs = order.size() / 2,
                    pairs_per_task = std::max<std::size_t>(1, kWordsPerTask / shape_->n_words);
  std::vector<std::int64_t> moved((n_pairs + pairs_per_task - 1) / pairs_per_task, 0);
  const std::uint64_t key = rng.next();
  parallel_for(std::ssize(moved), static_cast<int>(buffers.size()), stop, [&](std::int64_t task, int worker) {
    const auto t = static_cast<std::size_t>(task);
    Rng own(key, t, 0);
    PacedStop pace(stop);
    for (std::size_t k = t * pairs_per_task; k < std::min(n_pairs, (t + 1) * pairs_per_task); ++k) {
      pace(kEdgeUnits * shape_->n_words);
      moved[t] += trade(order[2 * k], order[2 * k + 1], buffers[static_cast<std::size_t>(worker)], own);
    }
  });
  return std::accumulate(moved.begin(), moved.end(), std::int64_t{0});
}

// Returns how many edges change from a to b or from b to a.
std::int64_t TradeChain::trade(std::uint32_t a, std::uint32_t b, Buffer& buffer, Rng& rng) {
  const std::size_t n_words = shape_->n_words;
  const Line first(bits_.data() + a * n_words, n_words), second(bits_.data() + b * n_words, n_words);
  buffer.either.resize(n_words);
  std::uint32_t n_both = 0;
  for (std::size_t k = 0; k < n_words; ++k) {
    buffer.either[k] = first[k] ^ second[k];
    n_both += static_cast<std::uint32_t>(std::popcount(first[k] & second[k]));
  }
  const std::uint32_t n_first = shape_->n_of_line[a] - n_both, n_second = shape_->n_of_line[b] - n_both;
  if (n_first == 0 || n_second == 0) return 0;
  const std::vector<std::uint64_t>& either = buffer.either;
  std::int64_t moved = 0;
  buffer.drawn.resize(n_words);
  draw_subset(either, n_first + n_second, n_first, buffer.drawn, rng);
  for (std::size_t k = 0; k < n_words; ++k) {
    const std::uint64_t both = first[k] & second[k], drawn = buffer.drawn[k];
    moved += 2 * std::popcount(first[k] & either[k] & ~drawn);  // as many the other way
    first[k] = both | drawn;
    second[k] = both | (either[k] ^ drawn);
  }
  return moved;
}

}  // namespace motifcount
