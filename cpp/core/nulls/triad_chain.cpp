#include "nulls/triad_chain.hpp"

#include <cmath>
#include <cstddef>
#include <span>
#include <utility>

#include "nulls/joint_move.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kAttemptsPerCheck = 1 << 12;
constexpr std::uint32_t kReversalsIn64 = 3;
constexpr std::uint32_t kJointIn64 = 8;
constexpr std::size_t kFewEdges = 100;  // below which joint moves are needed more
constexpr std::size_t kMostTouched = 8;

bool same_pair(const Cell& a, const Cell& b) {
  return (a.source == b.source && a.target == b.target) || (a.source == b.target && a.target == b.source);
}

struct Touched {
  Dyad dyad;
  std::uint32_t place;
  Cell before, after;
};

template <class Set>
class TriadMoves {
 public:
  TriadMoves(TriadGraph<Set>& graph, const TriadTarget& target) : graph_(graph), target_(target), energy_(energy()) {}

  bool attempt(Rng& rng) {
    n_touched_ = 0;
    const std::uint32_t kind = uniform_below(rng, 64);
    const std::uint32_t joint = n_edges() < kFewEdges ? 2 * kJointIn64 : kJointIn64;
    if (kind < kReversalsIn64) {
      if (!propose_reversal(rng)) return false;
    } else {
      const std::uint32_t n_swaps = kind < kReversalsIn64 + joint ? 2 + uniform_below(rng, 3) : 1;
      for (std::uint32_t k = 0; k < n_swaps; ++k) propose_swap(rng);
    }
    return n_touched_ != 0 && is_simple() && make(rng);
  }

 private:
  [[nodiscard]] std::size_t n_edges() const { return graph_.edges(kAsymmetric).size() + graph_.edges(kMutual).size(); }
  [[nodiscard]] std::span<Touched> touched() { return std::span(touched_).first(n_touched_); }

  Touched& touch(Dyad dyad, std::uint32_t place) {
    for (Touched& each : touched())
      if (each.dyad == dyad && each.place == place) return each;
    const Cell edge = graph_.edges(dyad)[place];
    return touched_[n_touched_++] = {dyad, place, edge, edge};
  }

  // Of the kind of an edge that is drawn, so as often as there are edges of a kind.
  void propose_swap(Rng& rng) {
    const std::size_t n_asymmetric = graph_.edges(kAsymmetric).size();
    const Dyad dyad = uniform_below(rng, static_cast<std::uint32_t>(n_edges())) < n_asymmetric ? kAsymmetric : kMutual;
    const auto [i, j] = two_places(rng, graph_.edges(dyad).size());
    if (i == j) return;
    Touched& e = touch(dyad, i);
    Touched& f = touch(dyad, j);
    if (dyad == kMutual) orient(e.after, f.after, rng.next());
    std::swap(e.after.target, f.after.target);
  }

  bool propose_reversal(Rng& rng) {
    const std::vector<Cell>& edges = graph_.edges(kAsymmetric);
    if (edges.empty()) return false;
    const std::uint32_t ab = uniform_below(rng, static_cast<std::uint32_t>(edges.size()));
    const auto [a, b] = edges[ab];
    const auto of_b = graph_.neighbours(b);
    const auto [c, bc] = of_b[uniform_below(rng, static_cast<std::uint32_t>(of_b.size()))];
    if (graph_.code(b, c) != 1 || graph_.code(c, a) != 1) return false;
    const auto of_c = graph_.neighbours(c);
    std::size_t k = 0;
    while (of_c[k].node != a) ++k;
    for (const std::uint32_t place : {ab, bc, of_c[k].place}) {
      Touched& edge = touch(kAsymmetric, place);
      std::swap(edge.after.source, edge.after.target);
    }
    return true;
  }

  // No loop, and no two edges between the same nodes.
  bool is_simple() {
    const std::span<Touched> all = touched();
    for (std::size_t k = 0; k < all.size(); ++k) {
      const Cell& edge = all[k].after;
      if (edge.source == edge.target) return false;
      for (std::size_t l = 0; l < k; ++l)
        if (same_pair(edge, all[l].after)) return false;
      if (graph_.code(edge.source, edge.target) == 0) continue;
      if (std::ranges::none_of(all, [&](const Touched& each) { return same_pair(edge, each.before); })) return false;
    }
    return true;
  }

  // Makes the changes, and undoes them if they are not accepted.
  bool make(Rng& rng) {
    replace(&Touched::before, &Touched::after);
    const double found = energy();
    const double more = found - energy_;
    constexpr double unit = 0x1p-53;
    if (more > 0 && static_cast<double>(rng.next() >> 11) * unit >= std::exp(-more)) {
      replace(&Touched::after, &Touched::before);
      return false;
    }
    energy_ = found;
    for (const Touched& each : touched()) graph_.edges(each.dyad)[each.place] = each.after;
    return true;
  }

  void replace(Cell Touched::* from, Cell Touched::* to) {
    for (const Touched& each : touched()) graph_.take_out(each.*from, each.dyad);
    for (const Touched& each : touched()) graph_.put_in(each.*to, each.dyad, each.place);
  }

  [[nodiscard]] double energy() const {
    double sum = 0;
    for (std::size_t k = 0; k < kClosedTriads; ++k) {
      const double off = static_cast<double>(graph_.closed()[k]) - target_.centres[k];
      sum += target_.weights[k] * off * off / 2;
    }
    return sum;
  }

  TriadGraph<Set>& graph_;
  const TriadTarget& target_;
  double energy_;
  std::array<Touched, kMostTouched> touched_{};
  std::size_t n_touched_ = 0;
};

}  // namespace

TriadChain::AnyGraph TriadChain::graph_of(const Block& block, bool uses_bits, Stop& stop) {
  if (uses_bits) return TriadGraph<BitMatrixSet>(block, stop);
  return TriadGraph<HashSet>(block, stop);
}

TriadChain::TriadChain(const Block& block, const TriadTarget& target, Stop& stop)
    : TriadChain(block, target, prefers_bits(block.rows.size(), block.rows.size(), block.edges.size()), stop) {}

TriadChain::TriadChain(const Block& block, const TriadTarget& target, bool uses_bits, Stop& stop)
    : target_(target), graph_(graph_of(block, uses_bits, stop)) {}

const ClosedTriads& TriadChain::closed() const {
  return std::visit([](const auto& graph) -> const ClosedTriads& { return graph.closed(); }, graph_);
}

SwapStats TriadChain::run(std::int64_t attempts, Rng& rng, Workspaces& /*workspaces*/, Stop& stop) {
  SwapStats stats{attempts, 0};
  std::visit(
      [&]<class Set>(TriadGraph<Set>& graph) {
        if (graph.edges(kAsymmetric).size() + graph.edges(kMutual).size() < 2) return;
        TriadMoves<Set> moves(graph, target_);
        for (std::int64_t k = 0; k < attempts; ++k) {
          if (k % kAttemptsPerCheck == 0) stop.check();
          stats.accepted += moves.attempt(rng);
        }
      },
      graph_);
  return stats;
}

void TriadChain::copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const {
  stop.check();
  copy_chain(*this, target);
}

void TriadChain::append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const {
  append_edges(*this, block, arcs, pace);
}

}  // namespace motifcount
