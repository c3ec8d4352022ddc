#include "nulls/trade_chain.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "nulls/bit_subsets.hpp"
#include "nulls/swap_chain.hpp"
#include "support/threads.hpp"

namespace motifcount {
namespace {

constexpr std::size_t kWordsPerTask = 1 << 15;
// Of the cost of a trade, and of an attempt to swap, in words of a trade.
constexpr double kFirstWords = 60, kWordsPerEdge = 3;
constexpr std::int64_t kLinesPerReversal = 128;

}  // namespace

// What a line has alone of a column, it keeps with a probability a / (a + b), when a and b are the edges that it and
// its partner are likely to have alone: that of the most edges, if it is not full, changes slowest. With attempts to
// swap edges, or holes, a share of exp(-2 (1 - density)) is left after one an edge.
double TradeChain::Shape::rounds_per_edge() const {
  const std::uint32_t full = within_layer ? length - 1 : length;
  std::uint32_t most = 0;
  for (const std::uint32_t n : n_of_line)
    if (n < full) most = std::max(most, n);
  if (most == 0) return 1;  // all are full
  double kept = 0;
  for (const std::uint32_t n : n_of_line) {
    const double a = 1.0 * most * (full - n), b = 1.0 * n * (full - most);
    kept += n == full ? 1 : a / (a + b);  // a full line has nothing to trade for
  }
  const double density = static_cast<double>(n_edges) / n_lines / full;
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
              block.within_layer(),
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
  stats += try_reversals(rng, stop);
  Steps steps(stop, n_rounds);
  for (std::int64_t round = 0; round < n_rounds; ++round, steps.add()) {
    stats.accepted += run_round(order, rng, buffers, stop);
    stats += try_reversals(rng, stop);
  }
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
      if (k + 1 < n_pairs)
        for (const std::size_t next : {2 * k + 2, 2 * k + 3}) prefetch(order[next]);
      moved[t] += trade(order[2 * k], order[2 * k + 1], buffers[static_cast<std::size_t>(worker)], own);
    }
  });
  return std::accumulate(moved.begin(), moved.end(), std::int64_t{0});
}

void TradeChain::prefetch(std::uint32_t line) const {
  constexpr std::uint32_t words_of_cache_line = 8;
  for (std::uint32_t k = 0; k < shape_->n_words; k += words_of_cache_line) __builtin_prefetch(line_of(line) + k, 1);
}

// Returns how many edges change from a to b or from b to a. Within a layer edges between the two nodes are left out.
std::int64_t TradeChain::trade(std::uint32_t a, std::uint32_t b, Buffer& buffer, Rng& rng) {
  const bool there = shape_->within_layer && has(a, b), back = shape_->within_layer && has(b, a);
  if (there) flip(a, b);
  if (back) flip(b, a);
  const auto n_edges = [this](std::uint32_t line) { return std::int64_t{shape_->n_of_line[line]}; };
  const std::int64_t n_more = n_edges(a) - there - (n_edges(b) - back);
  const std::int64_t moved = deal(line_of(a), line_of(b), n_more, buffer, rng);
  if (there) flip(a, b);
  if (back) flip(b, a);
  return moved;
}

// The first line has n_more bits than the second.
std::int64_t TradeChain::deal(Line first, Line second, std::int64_t n_more, Buffer& buffer, Rng& rng) {
  const std::size_t n_words = first.size();
  buffer.either.resize(n_words);
  buffer.drawn.resize(n_words);
  const Line either = buffer.either, drawn = buffer.drawn;
  for (std::size_t k = 0; k < n_words; ++k) either[k] = first[k] ^ second[k];
  const std::uint32_t n_either = n_set(either);
  const auto n_first = static_cast<std::uint32_t>((n_either + n_more) / 2);
  if (n_first == 0 || n_first == n_either) return 0;
  draw_subset(either, n_either, n_first, drawn, rng);
  for (std::size_t k = 0; k < n_words; ++k) {
    const std::uint64_t both = first[k] & second[k], stay = first[k] & drawn[k];
    first[k] = both | drawn[k];
    second[k] = both | (either[k] ^ drawn[k]);
    either[k] = stay;
  }
  return 2 * std::int64_t{n_first - n_set(either)};  // as many the other way
}

SwapStats TradeChain::try_reversals(Rng& rng, Stop& stop) {
  if (!shape_->within_layer) return {};
  const std::int64_t n_lines = shape_->n_lines, n_cells = n_lines * n_lines;
  const std::int64_t n_wanted = 1 + n_lines / kLinesPerReversal;  // of edges, which not all cells have
  SwapStats stats{(n_wanted * n_cells + shape_->n_edges - 1) / shape_->n_edges, 0};
  PacedStop pace(stop);
  for (std::int64_t k = 0; k < stats.attempts; ++k) {
    const std::uint32_t a = uniform_below(rng, shape_->n_lines), b = uniform_below(rng, shape_->n_lines);
    pace(kScatterUnits);
    if (!has(a, b)) continue;
    pace(kScatterUnits * n_lines);
    stats.accepted += try_reversal(a, b, rng);
  }
  return stats;
}

// As in path_moves.hpp, over an edge.
bool TradeChain::try_reversal(std::uint32_t a, std::uint32_t b, Rng& rng) {
  if (has(b, a)) return false;
  // visit(middle) for the paths from one node to another that close a cycle.
  const auto for_each_closing = [this](std::uint32_t from, std::uint32_t to, auto visit) {
    const Line there = line_of(from), back = line_of(to);
    for (std::uint32_t k = 0; k < shape_->n_words; ++k)
      for (std::uint64_t left = there[k] & ~back[k]; left != 0; left &= left - 1) {
        const std::uint32_t w = 64 * k + static_cast<std::uint32_t>(std::countr_zero(left));
        if (w != to && has(w, to) && !has(w, from)) visit(w);
      }
  };
  std::uint32_t n_cycles = 0, c = 0;
  for_each_closing(b, a, [&](std::uint32_t w) {
    if (uniform_below(rng, ++n_cycles) == 0) c = w;
  });
  if (n_cycles == 0) return false;
  std::uint32_t n_after = 1;
  for_each_closing(a, b, [&](std::uint32_t) { ++n_after; });
  if (uniform_below(rng, n_after) >= n_cycles) return false;
  for (const auto& [from, to] : {std::pair{a, b}, {b, c}, {c, a}}) {
    flip(from, to);
    flip(to, from);
  }
  return true;
}

}  // namespace motifcount
