// The chain that keeps closed triads near the observed counts: what it keeps and counts, and which distribution it has.
#include "nulls/triad_chain.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "tools/swap_tools.hpp"

namespace test_triad_chain {

using namespace motifcount;
using Weights = std::array<double, kClosedTriads>;
using test::below;
using test::edges_of;
using test::Matrix;
using test::Random;
using test::random_block;

constexpr Weights kSome{0.3, 0.6, 0.2, 0.5, 0.4, 0.7, 0.9};

Weights times(double factor, Weights weights) {
  for (double& weight : weights) weight *= factor;
  return weights;
}

// The seven closed classes by their arcs, over all triples.
ClosedTriadCounts closed_by_force(std::size_t n, const std::vector<Cell>& edges) {
  std::vector<std::vector<int>> arc(n, std::vector<int>(n, 0));
  for (const Cell& edge : edges) arc[edge.source][edge.target] = 1;
  ClosedTriadCounts found{};
  for (std::size_t u = 0; u < n; ++u)
    for (std::size_t v = u + 1; v < n; ++v)
      for (std::size_t w = v + 1; w < n; ++w) {
        const std::array<std::size_t, 3> nodes{u, v, w};
        int n_mutual = 0, n_joined = 0, most_out = 0, out_of_apart = 0;
        for (std::size_t k = 0; k < 3; ++k) {
          const std::size_t a = nodes[k], b = nodes[(k + 1) % 3], c = nodes[(k + 2) % 3];
          n_joined += arc[b][c] || arc[c][b];
          if (arc[b][c] && arc[c][b]) {
            ++n_mutual;
            out_of_apart = arc[a][b] + arc[a][c];
          }
          most_out = std::max(most_out, arc[a][b] + arc[a][c]);
        }
        if (n_joined < 3) continue;
        const std::size_t k = n_mutual == 3   ? 6
                              : n_mutual == 2 ? 5
                              : n_mutual == 1 ? (out_of_apart == 2   ? 2
                                                 : out_of_apart == 0 ? 3
                                                                     : 4)
                              : most_out == 2 ? 0
                                              : 1;
        ++found[k];
      }
  return found;
}

// Centres half a triad off the counts of some edges.
TriadTarget target_near(const Weights& weights, std::size_t n, const std::vector<Cell>& edges) {
  TriadTarget target{weights, {}};
  const ClosedTriadCounts found = closed_by_force(n, edges);
  for (std::size_t k = 0; k < kClosedTriads; ++k) target.centres[k] = static_cast<double>(found[k]) + 0.5;
  return target;
}

// By node, layer and code of the dyads that are asked for: its neighbours there.
std::map<std::array<std::int64_t, 3>, int> margins_by_layer(const Block& block, const std::vector<Cell>& edges) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> arcs;
  for (const auto& [u, v] : edges) arcs.emplace(u, v);
  CHECK_EQ(arcs.size(), edges.size());
  const auto layer = [&](std::uint32_t v) { return block.layers.empty() ? 0 : block.layers[v]; };
  std::map<std::array<std::int64_t, 3>, int> margins;
  for (const auto& [u, v] : arcs) {
    CHECK(u != v);
    const int mutual = arcs.contains({v, u});
    ++margins[{u, layer(v), mutual}];
    ++margins[{v, layer(u), 2 + mutual}];
  }
  return margins;
}

// The same block with its nodes in so many layers, the last of which may be pinned.
Block in_layers(Block block, std::int32_t n_layers, bool pinned, Random& random) {
  for (std::size_t v = 0; v < block.rows.size(); ++v) block.layers.push_back(below(random, n_layers));
  block.pinned.assign(static_cast<std::size_t>(n_layers), 0);
  block.pinned.back() = pinned;
  return block;
}

std::set<std::pair<std::uint32_t, std::uint32_t>> pinned_arcs(const Block& block, const std::vector<Cell>& edges) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> found;
  for (const auto& [u, v] : edges)
    if (!block.layers.empty() && block.is_pinned_layer(block.layers[v])) found.emplace(u, v);
  return found;
}

// With rows and by hash the same moves are made, every move keeps what it ought to, and the counts are the graph's.
void counts_along() {
  Random random(61);
  for (const double p : {0.02, 0.1, 0.3, 0.6})
    for (int round = 0; round < 4; ++round) {
      const auto n = static_cast<std::uint32_t>((p < 0.05 ? 70 : 4) + below(random, 20));
      Block block = random_block(n, n, p, true, random);
      if (round > 1) block = in_layers(block, 2, round == 3, random);
      const TriadTarget target = target_near(times(round * 0.1, kSome), n, block.edges);
      TriadChain chain(block, target, true, test::never()), twin(block, target, false, test::never());
      const auto before = margins_by_layer(block, block.edges);
      CHECK(margins_by_layer(block, edges_of(chain)) == before);
      CHECK(chain.closed() == closed_by_force(n, block.edges));
      Rng rng(62, n, 0), same(62, n, 0);
      std::int64_t accepted = 0;
      for (int move = 0; move < 300; ++move) {
        const auto edges = edges_of(chain);
        const SwapStats stats = test::advance(chain, 1, rng);
        CHECK_EQ(stats.attempts, 1);
        accepted += stats.accepted;
        CHECK(stats.accepted == 1 || edges_of(chain) == edges);
        if (n < 60 || move % 20 == 0) CHECK(chain.closed() == closed_by_force(n, edges_of(chain)));
        test::advance(twin, 1, same);
      }
      CHECK(margins_by_layer(block, edges_of(chain)) == before);
      CHECK(pinned_arcs(block, edges_of(chain)) == pinned_arcs(block, block.edges));
      CHECK(edges_of(twin) == edges_of(chain));
      CHECK(block.edges.size() < 10 || accepted > 0);
    }
}

std::vector<Cell> cells_with(const Matrix& start, std::uint32_t bits) {
  return test::to_block({start.n_rows, start.n_cols, true, bits}).edges;
}

// Enumerated once.
const std::map<std::uint32_t, std::size_t>& all_like(const Matrix& start) {
  static std::map<std::pair<int, std::uint32_t>, std::map<std::uint32_t, std::size_t>> known;
  auto& states = known[{start.n_rows, start.cells}];
  if (states.empty()) states = test::states_like(start, true);
  return states;
}

// All graphs with the same numbers of neighbours of every node in every layer.
std::map<std::uint32_t, std::size_t> states_of(const Block& block, const Matrix& start) {
  auto states = all_like(start);
  const auto before = margins_by_layer(block, block.edges);
  std::erase_if(states,
                [&](const auto& state) { return margins_by_layer(block, cells_with(start, state.first)) != before; });
  return states;
}

// A normal deviate of Pearson's sum over the states (Wilson and Hilferty 1931), rare ones together.
double deviate(const Block& block, const Matrix& start, const Weights& asked, const Weights& expected,
               std::int64_t attempts) {
  const auto states = states_of(block, start);
  const auto n = static_cast<std::size_t>(start.n_rows);
  const auto cells = [&](std::uint32_t bits) { return cells_with(start, bits); };
  const TriadTarget target = target_near(expected, n, cells(start.cells));
  std::map<std::uint32_t, double> share;
  double total = 0;
  for (const auto& [bits, place] : states) {
    const ClosedTriadCounts found = closed_by_force(n, cells(bits));
    double energy = 0;
    for (std::size_t k = 0; k < kClosedTriads; ++k)
      energy += target.weights[k] * std::pow(static_cast<double>(found[k]) - target.centres[k], 2) / 2;
    total += share[bits] = std::exp(-energy);
  }
  const TriadChain origin(block, {asked, target.centres}, test::never());
  const auto n_samples = static_cast<std::size_t>(test::repeats(200 * std::ssize(states)));
  std::map<std::uint32_t, double> hits;
  for (std::size_t sample = 0; sample < n_samples; ++sample) {
    TriadChain chain = origin;
    test::run(chain, attempts, sample);
    ++hits[test::cells_of(chain, start)];
  }
  double sum = 0, freedom = -1, rare = 0, rare_hits = 0, met = 0;
  const auto add = [&](double found, double mean) {
    sum += (found - mean) * (found - mean) / mean;
    ++freedom;
  };
  for (const auto& [bits, weight] : share) {
    const double mean = static_cast<double>(n_samples) * weight / total;
    met += hits[bits];
    if (mean >= 10) add(hits[bits], mean);
    else rare += mean, rare_hits += hits[bits];
  }
  if (rare > 0) add(rare_hits, rare);
  CHECK_EQ(met, static_cast<double>(n_samples));  // no other graphs
  const double scale = 2 / (9 * freedom);
  return (std::cbrt(sum / freedom) - (1 - scale)) / std::sqrt(scale);
}

// Random digraphs, the first of 4 nodes, which share degrees and mutual degrees with enough others. (On 5 nodes chains
// of denser ones mix slowly.)
std::vector<Matrix> starts() {
  Random random(65);
  std::vector<Matrix> found;
  for (const auto& [n, n_graphs, n_states, least_apart] : {std::array{4, 4, 3, 0}, std::array{5, 5, 12, 4}})
    for (int k = 0; k < n_graphs;) {
      Matrix matrix{n, n, true, 0};
      for (int r = 0; r < n; ++r)
        for (int c = 0; c < n; ++c)
          if (r != c && test::chance(random, 0.4)) matrix.cells |= std::uint32_t{1} << (r * n + c);
      int apart = 0;
      for (int r = 0; r < n; ++r)
        for (int c = 0; c < r; ++c) apart += !matrix.at(r, c) && !matrix.at(c, r);
      if (apart < least_apart) continue;
      if (all_like(matrix).size() < static_cast<std::size_t>(n_states)) continue;
      found.push_back(matrix);
      ++k;
    }
  return found;
}

void distribution_as_stated() {
  for (const Matrix& start : starts()) {
    const Block block = test::to_block(start);
    CHECK(std::abs(deviate(block, start, kSome, kSome, 300)) < 4.5);
    CHECK(std::abs(deviate(block, start, {}, {}, 300)) < 4.5);
  }
}

// The test above tells weights of half the strength.
void other_distributions_are_told() {
  const std::vector<Matrix> all = starts();
  CHECK(std::ranges::any_of(all, [](const Matrix& start) {
    return deviate(test::to_block(start), start, times(0.5, kSome), kSome, 300) > 4.5;
  }));
}

// Two layers with edges inside and between them, found by search: few such graphs have several states.
void distribution_in_layers() {
  for (const std::uint32_t cells : {7579026u, 9644340u, 15238274u}) {
    const Matrix start{5, 5, true, cells};
    Block block = test::to_block(start);
    block.layers = {0, 0, 0, 1, 1};
    CHECK_EQ(states_of(block, start).size(), std::size_t{6});
    CHECK(std::abs(deviate(block, start, kSome, kSome, 300)) < 4.5);
  }
}

void copies() {
  Random random(63);
  const Block block = random_block(30, 30, 0.15, true, random);
  const TriadChain chain(block, target_near(kSome, 30, block.edges), test::never());
  std::unique_ptr<BlockChain> other,
      over = std::make_unique<TriadChain>(random_block(9, 9, 0.4, true, random), TriadTarget{}, test::never());
  chain.copy_to(other, test::never());
  chain.copy_to(over, test::never());
  Workspaces workspaces(1);
  std::vector<std::vector<Arc>> found(2);
  for (std::size_t k = 0; k < 2; ++k) {
    Rng rng(64, 0, 0);
    PacedStop pace(test::never());
    BlockChain& copy = k == 0 ? *other : *over;
    copy.run(500, rng, workspaces, test::never());
    copy.append_arcs(block, found[k], pace);
  }
  CHECK(found[0] == found[1]);
  CHECK(edges_of(chain).size() == found[0].size());
}

const check::Tests tests(__FILE__, [] {
  RUN(counts_along);
  RUN(distribution_as_stated);
  if (!test::kSanitized) RUN(other_distributions_are_told);  // few samples do not tell
  RUN(distribution_in_layers);
  RUN(copies);
});

}  // namespace test_triad_chain
