#include "census/by_role.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include "census/around_nodes.hpp"
#include "census/by_node.hpp"
#include "motifs/triads.hpp"
#include "triangles/by_role.hpp"

namespace motifcount {
namespace {

constexpr std::size_t kLinks = 3;

// The roles of a node in triads that are not closed, by links (dyad codes less one) in base 3.
struct TriadRoles {
  std::array<std::uint16_t, 9> centre;  // of an open triad, by the links to both ends
  std::array<std::uint16_t, 9> end;     // by the links from the centre to the node and to the other end
  std::array<std::uint16_t, kLinks> in_dyad, beside_dyad;
  std::uint16_t alone;

  TriadRoles() {
    const RolesOfFamily& roles = roles_of(Family::kTriad);
    const auto of = [&](std::size_t uv, std::size_t uw, std::size_t vw, std::size_t node) {
      return roles.of(static_cast<Code>(triad_code(uv, uw, vw)), node);
    };
    for (std::size_t k = 0; k < 9; ++k) {
      centre[k] = of(k / 3 + 1, k % 3 + 1, 0, 0);
      end[k] = of(k / 3 + 1, k % 3 + 1, 0, 1);
    }
    for (std::size_t link = 0; link < kLinks; ++link) {
      in_dyad[link] = of(link + 1, 0, 0, 0);
      beside_dyad[link] = of(link + 1, 0, 0, 2);
    }
    alone = of(0, 0, 0, 0);
  }
};

template <class Index>
class RoleCounter {
 public:
  RoleCounter(const GraphView<Index>& graph, bool want_triads, int num_threads, Stop& stop)
      : out_(graph.out), n_nodes_(graph.n_nodes), want_triads_(want_triads), num_threads_(num_threads), stop_(stop) {}

  RoleCensus run(Shape shape) {
    const auto n_rows = static_cast<std::size_t>(out_.n_rows());
    if (want_triads_) result_.triads.assign(n_rows + 1, NodeTriadRoles{});
    const auto& closed_at = closed_roles().roles;
    around_ = std::make_unique<Around>(out_, shape, want_triads_, num_threads_, stop_,
                                       [&](std::int64_t v, const auto& closed) {
                                         for (std::size_t k = 0; k < closed_at.size(); ++k)
                                           result_.triads[static_cast<std::size_t>(v)][closed_at[k]] = closed[k];
                                       });
    PacedStop pace(stop_);
    for (std::int64_t v = 0; v < out_.n_rows(); ++v) {
      pace(1);
      asymmetric_ += around_->numbers(v)[1];
      mutual_ += around_->numbers(v)[3];
    }
    mutual_ /= 2;  // met at both nodes
    result_.dyads.resize(n_rows + 1);
    around_->for_each_row([&](std::int64_t v) { finish(v, around_->numbers(v)); });
    finish(out_.n_rows(), {});
    return std::move(result_);
  }

 private:
  using Around = AroundNodes<Index, TrianglesByRole>;
  using DyadNumbers = typename Around::DyadNumbers;

  // The row behind the last stands for a node without arcs.
  void finish(std::int64_t v, const DyadNumbers& numbers) {
    count_dyads(numbers, result_.dyads[static_cast<std::size_t>(v)]);
    if (!want_triads_) return;
    NodeTriadRoles& own = result_.triads[static_cast<std::size_t>(v)];
    add_sparse(numbers, own);
    if (v < out_.n_rows()) add_open(v, numbers, own);
    make_roles_induced(Family::kTriad, own);
  }

  void count_dyads(const DyadNumbers& numbers, NodeDyadRoles& own) const {
    const RolesOfFamily& roles = roles_of(Family::kDyad);
    own = {};
    own[roles.of(0, 0)] = std::max<std::int64_t>(n_nodes_ - 1, 0) - numbers[1] - numbers[2] - numbers[3];
    for (std::size_t code = 1; code < 4; ++code) own[roles.of(static_cast<Code>(code), 0)] += numbers[code];
  }

  // Open counts of the triads with a link or none.
  void add_sparse(const DyadNumbers& numbers, NodeTriadRoles& own) const {
    if (n_nodes_ < 3) return;
    for (std::size_t link = 0; link < kLinks; ++link) own[roles_.in_dyad[link]] += numbers[link + 1] * (n_nodes_ - 2);
    own[roles_.beside_dyad[0]] += asymmetric_ - numbers[1] - numbers[2];
    own[roles_.beside_dyad[2]] += mutual_ - numbers[3];
    own[roles_.alone] += static_cast<std::int64_t>(choose2(n_nodes_ - 1));
  }

  // And of those with two.
  void add_open(std::int64_t v, const DyadNumbers& numbers, NodeTriadRoles& own) const {
    const auto ends = around_->ends(v);
    for (std::size_t a = 0; a < kLinks; ++a)
      for (std::size_t b = 0; b < kLinks; ++b) {
        const std::int64_t p = numbers[a + 1], q = numbers[b + 1];
        if (a <= b) own[roles_.centre[3 * a + b]] += a == b ? p * (p - 1) / 2 : p * q;
        own[roles_.end[3 * a + b]] += ends[a + 1][b + 1];
      }
  }

  CsrView<Index> out_;
  std::int64_t n_nodes_;
  bool want_triads_;
  int num_threads_;
  Stop& stop_;
  TriadRoles roles_;
  std::unique_ptr<Around> around_;
  std::int64_t asymmetric_ = 0, mutual_ = 0;  // dyads of the graph
  RoleCensus result_;
};

}  // namespace

template <class Index>
RoleCensus role_census(const GraphView<Index>& graph, Shape shape, bool want_triads, int num_threads, Stop& stop) {
  if (graph.n_nodes > kMaxNodeCensus)
    throw NotSupported("by_role: the graph has " + std::to_string(graph.n_nodes) + " nodes; at most " +
                       std::to_string(kMaxNodeCensus) + " can be counted one by one");
  return RoleCounter<Index>(graph, want_triads, num_threads, stop).run(shape);
}

template RoleCensus role_census(const GraphView<std::int32_t>&, Shape, bool, int, Stop&);
template RoleCensus role_census(const GraphView<std::int64_t>&, Shape, bool, int, Stop&);

}  // namespace motifcount
