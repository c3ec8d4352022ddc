#include "graph/levels.hpp"

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>

#include "graph/csr.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kRowsPerLevelTask = 1 << 14;

// Disjoint sets whose members know their level relative to the root.
template <class Index>
class LevelForest {
 public:
  struct Place {  // of a node in the forest
    Index parent;
    std::int32_t offset;  // of its level from that of the parent

    bool operator==(const Place&) const = default;
  };

  explicit LevelForest(std::size_t n) : places_(n) {
    for (std::size_t v = 0; v < n; ++v) places_[v] = {static_cast<Index>(v), 0};
  }

  [[nodiscard]] const Place& place(std::size_t v) const { return places_[v]; }

  // Root of v and the level of v above it. Path halving keeps it iterative.
  Place find(std::size_t v) {
    std::int32_t above = 0;
    for (auto p = parent(v); p != v; p = parent(v)) {
      places_[v] = {places_[p].parent, places_[v].offset + places_[p].offset};
      above += places_[v].offset;
      v = parent(v);
    }
    return {static_cast<Index>(v), above};
  }

  // Hangs `root` below `new_root` so that level(root) = level(new_root) + offset.
  void hang(Index root, Index new_root, std::int32_t offset) {
    places_[static_cast<std::size_t>(root)] = {new_root, offset};
  }

 private:
  [[nodiscard]] std::size_t parent(std::size_t v) const { return static_cast<std::size_t>(places_[v].parent); }

  std::vector<Place> places_;
};

}  // namespace

template <class Index>
Levels<Index> find_levels(const CsrView<Index>& out, Stop& stop) {
  const auto n = static_cast<std::size_t>(out.n_rows());
  LevelForest<Index> forest(n);
  using Place = typename LevelForest<Index>::Place;
  bool strict = true;
  PacedStop pace(stop);
  for (std::size_t u = 0; u < n; ++u) {
    const std::int64_t degree = out.degree(static_cast<std::int64_t>(u));
    if (degree == 0) continue;
    pace(kScatterUnits * degree);
    Place wanted = forest.find(u);  // of the heads
    ++wanted.offset;
    for (const Index v : out.row(static_cast<std::int64_t>(u))) {
      if (forest.place(static_cast<std::size_t>(v)) == wanted) continue;  // as most are: one read at a random place
      const Place to = forest.find(static_cast<std::size_t>(v));
      if (to.parent > wanted.parent) {
        forest.hang(to.parent, wanted.parent, wanted.offset - to.offset);
      } else if (to.parent < wanted.parent) {  // the root of low number is that of the larger tree, as a rule
        forest.hang(wanted.parent, to.parent, to.offset - wanted.offset);
        wanted = to;
      } else if (to.offset != wanted.offset) {
        strict = false;
        if ((to.offset - wanted.offset) % 2 != 0) return {};
      }
    }
  }
  if (!strict) return {Shape::kBipartite, {}};

  std::vector<std::int32_t> level(n);
  std::vector<std::int32_t> lowest(n, 0);
  for (std::size_t v = 0; v < n; ++v) {
    const Place found = forest.find(v);
    level[v] = found.offset;
    std::int32_t& of_tree = lowest[static_cast<std::size_t>(found.parent)];
    of_tree = std::min(of_tree, found.offset);
  }
  for (std::size_t v = 0; v < n; ++v) level[v] -= lowest[static_cast<std::size_t>(forest.find(v).parent)];
  return {Shape::kStrict, std::move(level)};
}

template <class Index>
bool is_strict(const CsrView<Index>& out, std::span<const std::int32_t> layers, int num_threads, Stop& stop) {
  std::atomic<bool> strict{true};
  const std::int64_t n = out.n_rows();
  parallel_for((n + kRowsPerLevelTask - 1) / kRowsPerLevelTask, num_threads, stop, [&](std::int64_t task, int) {
    const std::int64_t last = std::min(n, (task + 1) * kRowsPerLevelTask);
    for (std::int64_t u = task * kRowsPerLevelTask; u < last && strict.load(std::memory_order_relaxed); ++u) {
      const std::int32_t next = layers[static_cast<std::size_t>(u)] + 1;
      bool good = true;
      for (const Index v : out.row(u)) good &= layers[static_cast<std::size_t>(v)] == next;
      if (!good) strict.store(false, std::memory_order_relaxed);
    }
  });
  return strict.load();
}

template <class Index>
std::vector<std::int32_t> longest_path_levels(const CsrView<Index>& out, Stop& stop) {
  const auto n = static_cast<std::size_t>(out.n_rows());
  std::vector<Index> waiting = in_degrees(out, 1, stop);
  std::vector<std::int32_t> level(n, 0);
  std::vector<std::size_t> ready;
  for (std::size_t v = 0; v < n; ++v)
    if (waiting[v] == 0) ready.push_back(v);
  std::size_t done = 0;
  PacedStop pace(stop);
  while (!ready.empty()) {
    const std::size_t u = ready.back();
    ready.pop_back();
    ++done;
    pace(kScatterUnits * out.degree(static_cast<std::int64_t>(u)));
    for (const Index v : out.row(static_cast<std::int64_t>(u))) {
      const auto w = static_cast<std::size_t>(v);
      level[w] = std::max(level[w], level[u] + 1);
      if (--waiting[w] == 0) ready.push_back(w);
    }
  }
  if (done < n)
    throw InvalidGraph("layers: cannot be inferred, because the graph has a directed cycle through " +
                       std::to_string(n - done) + " or fewer of its nodes");
  return level;
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                        \
  template Levels<Index> find_levels(const CsrView<Index>&, Stop&);                          \
  template bool is_strict(const CsrView<Index>&, std::span<const std::int32_t>, int, Stop&); \
  template std::vector<std::int32_t> longest_path_levels(const CsrView<Index>&, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)
#undef MOTIFCOUNT_INSTANTIATE

}  // namespace motifcount
