// N:M sparsity: the units of a layer are cut into groups of `group_size` in their order, and every unit that they lead
// to has `kept` arcs from each group; uniform. Full blocks, pinned ones and the arcs of biases stay as they are.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "nulls/direct_null.hpp"
#include "nulls/registry.hpp"
#include "support/rng.hpp"

namespace motifcount {
namespace {

struct Pattern {
  std::uint32_t kept, group_size;

  [[nodiscard]] std::string wanted() const {
    return "null=\"n_of_m\" needs " + std::to_string(kept) + " of " + std::to_string(group_size) +
           " in every group of a block, or all arcs";
  }
};

using Nodes = std::vector<std::uint32_t>;

// Every unit of `targets` chooses among the groups of `sources`.
struct GroupedBlock {
  Nodes sources, targets;
};

// Position of each unit among those of its layer; the units of each layer.
struct Units {
  std::vector<Nodes> of_layer;
  Nodes place;

  explicit Units(const NodeGroups& groups) : of_layer(groups.layer_sizes.size()), place(groups.layers.size()) {
    for (std::size_t v = 0; v < groups.layers.size(); ++v) {
      if (groups.is_bias(v)) continue;
      Nodes& units = of_layer[static_cast<std::size_t>(groups.layers[v])];
      place[v] = static_cast<std::uint32_t>(units.size());
      units.push_back(static_cast<std::uint32_t>(v));
    }
  }
};

class NOfMNull final : public DirectNull {
 public:
  template <class Index>
  NOfMNull(const GraphView<Index>& graph, const NullOptions& options, std::uint64_t seed, int /*num_threads*/,
           Stop& stop)
      : n_nodes_(graph.out.n_rows()), seed_(seed), pattern_(checked(options)) {
    const NodeGroups& groups = graph.groups;
    if (groups.layers.empty() && graph.n_nodes > 0) throw InvalidGraph("null=\"n_of_m\" needs a graph with layers");
    const Units units(groups);
    for (const Block& block : linked_blocks(graph, stop)) add(block, groups, units);
  }

  [[nodiscard]] std::int64_t n_nodes() const override { return n_nodes_; }

  void draw(std::uint64_t k, std::vector<Arc>& arcs, Stop& stop) const override {
    arcs = fixed_;
    PacedStop pace(stop);
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
      Rng rng(seed_, k, b);
      Nodes sources = blocks_[b].sources;
      for (const std::uint32_t target : blocks_[b].targets) {
        pace(static_cast<std::int64_t>(sources.size()));
        choose(sources, target, rng, arcs);
      }
    }
  }

 private:
  static Pattern checked(const NullOptions& options) {
    if (options.kept < 1 || options.kept >= options.group_size || options.group_size > kMaxBlockNodes)
      throw NotSupported("null=\"n_of_m\" needs a kept of 1 or more and below group_size, not " +
                         std::to_string(options.kept) + " of " + std::to_string(options.group_size));
    return {static_cast<std::uint32_t>(options.kept), static_cast<std::uint32_t>(options.group_size)};
  }

  void add(const Block& block, const NodeGroups& groups, const Units& units) {
    const Nodes& sources = units.of_layer[static_cast<std::size_t>(block.source_layer)];
    const Nodes& targets = units.of_layer[static_cast<std::size_t>(block.target_layer)];
    std::vector<Cell> cells;  // of weights: positions in sources and targets
    for (const Cell& edge : block.edges) {
      const Arc arc{block.rows[edge.source], block.cols[edge.target]};
      if (block.is_pinned || groups.is_bias(arc.source)) fixed_.push_back(arc);
      else cells.push_back({units.place[arc.source], units.place[arc.target]});
    }
    if (cells.size() == sources.size() * targets.size()) {
      for (const Cell& cell : cells) fixed_.push_back({sources[cell.source], targets[cell.target]});
    } else if (!cells.empty()) {
      check(block, sources, targets, cells);
      blocks_.push_back({sources, targets});
    }
  }

  void check(const Block& block, const Nodes& sources, const Nodes& targets, const std::vector<Cell>& cells) const {
    const auto refuse = [&](const std::string& what) {
      throw InvalidGraph(pattern_.wanted() + ", but " + block_name(block) + " " + what);
    };
    if (block.within_layer()) refuse("lies within a layer");
    const std::size_t size = pattern_.group_size, n_groups = sources.size() / size;
    if (sources.size() % size != 0)
      refuse("has " + std::to_string(sources.size()) + " sources, which make no whole number of groups");
    Nodes n_kept(targets.size() * n_groups, 0);
    for (const Cell& cell : cells) ++n_kept[cell.target * n_groups + cell.source / size];
    const auto wrong = std::ranges::find_if(n_kept, [&](std::uint32_t n) { return n != pattern_.kept; });
    if (wrong == n_kept.end()) return;
    const auto at = static_cast<std::size_t>(wrong - n_kept.begin());
    const std::size_t first = at % n_groups * size;
    refuse("has " + std::to_string(*wrong) + " from nodes " + std::to_string(sources[first]) + " to " +
           std::to_string(sources[first + size - 1]) + " to node " + std::to_string(targets[at / n_groups]));
  }

  // The first places of a Fisher-Yates shuffle of each group, in whatever order it comes.
  void choose(Nodes& sources, std::uint32_t target, Rng& rng, std::vector<Arc>& arcs) const {
    for (std::size_t first = 0; first < sources.size(); first += pattern_.group_size) {
      for (std::uint32_t k = 0; k < pattern_.kept; ++k) {
        std::swap(sources[first + k], sources[first + k + uniform_below(rng, pattern_.group_size - k)]);
        arcs.push_back({sources[first + k], target});
      }
    }
  }

  std::int64_t n_nodes_;
  std::uint64_t seed_;
  Pattern pattern_;
  std::vector<GroupedBlock> blocks_;
  std::vector<Arc> fixed_;  // arcs of every sample
};

}  // namespace

NullEntry n_of_m_null() {
  return null_entry<NOfMNull>("n_of_m", {{"kept", &NullOptions::kept}, {"group_size", &NullOptions::group_size}});
}

}  // namespace motifcount
