#include "graph/effective_nodes.hpp"

#include "graph/csr.hpp"

namespace motifcount {

template <class Index>
std::vector<std::uint8_t> effective_nodes(const CsrView<Index>& out, std::span<const std::uint8_t> roles, Stop& stop) {
  const auto n = static_cast<std::size_t>(out.n_rows());
  const Csr<Index> in = transpose(out, stop);
  PacedStop pace(stop);
  std::vector<std::uint8_t> stays(n, 1);
  std::vector<std::int64_t> queue;

  // Takes out every node that `may_go` and has no arc left in `against`; its arcs in `along` go with it.
  const auto peel = [&](const CsrView<Index>& against, const CsrView<Index>& along, auto may_go) {
    std::vector<std::int64_t> degree(n, 0);
    for (std::size_t v = 0; v < n; ++v) {
      pace(against.degree(static_cast<std::int64_t>(v)));
      for (const Index u : against.row(static_cast<std::int64_t>(v))) degree[v] += stays[static_cast<std::size_t>(u)];
    }
    const auto take_if_bare = [&](std::size_t v) {
      if (stays[v] == 0 || degree[v] != 0 || !may_go(static_cast<Role>(roles[v]))) return;
      stays[v] = 0;
      queue.push_back(static_cast<std::int64_t>(v));
    };
    for (std::size_t v = 0; v < n; ++v) take_if_bare(v);
    while (!queue.empty()) {
      const std::int64_t v = queue.back();
      queue.pop_back();
      pace(kScatterUnits * along.degree(v));
      for (const Index w : along.row(v)) {
        --degree[static_cast<std::size_t>(w)];
        take_if_bare(static_cast<std::size_t>(w));
      }
    }
  };
  peel(in.view(), out, [](Role role) { return role == Role::kHidden; });
  peel(out, in.view(), [](Role role) { return role != Role::kFixed; });
  return stays;
}

template std::vector<std::uint8_t> effective_nodes(const CsrView<std::int32_t>&, std::span<const std::uint8_t>, Stop&);
template std::vector<std::uint8_t> effective_nodes(const CsrView<std::int64_t>&, std::span<const std::uint8_t>, Stop&);

}  // namespace motifcount
