// Which nodes form the motifs of a class: all of them, some at a time, a uniform sample, or the heaviest.
//
// An instance is a row of nodes in the order of the nodes of the class, of the ways to write it down (which
// automorphisms exchange) the one that comes first. Results do not depend on the number of threads.
//
// How the files of this folder call each other:
//   instances.cpp       chooses among stream (all, some at a time), sampler (a uniform sample) and heaviest
//   search              what these three share: all instances with place 0 among some nodes, in the order of a plan, of
//                       what a matcher finds in a searched_graph
//   cooccurrence.cpp    in how many instances two nodes are together: shared_triads counts triads, shared_by_search
//                       adds up the others in pair_sums; wanted_roles says at which places of an instance they must be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "motifs/families.hpp"
#include "support/stop.hpp"
#include "support/types.hpp"

namespace motifcount {

// What instances must have, by their numbers: one of some nodes; one of some arcs, source and target
// one after the other.
struct InstanceFilter {
  std::optional<std::span<const std::int64_t>> nodes{};
  std::optional<std::span<const std::int64_t>> arcs{};
};

enum class Score : std::uint8_t { kProduct, kMinimum };  // of the weights of the arcs of an instance

// Nodes without rows are numbered from the number of rows on. The graph must outlast the object, for `top`.
class Instances {
 public:
  virtual ~Instances() = default;

  [[nodiscard]] virtual int size() const = 0;

  // The next ones, one after the other: `most`, or all that are left.
  virtual std::vector<std::int64_t> next(std::size_t most, int num_threads, Stop& stop) = 0;

  // A uniform sample of `limit`, in random order; all if there are no more.
  virtual std::vector<std::int64_t> sample(std::size_t limit, std::uint64_t seed, int num_threads, Stop& stop) = 0;

  // The `limit` of highest score, highest first, those of equal score in the order of their rows. `weights` are those
  // of the arcs, in the order of the graph.
  virtual std::vector<std::int64_t> top(std::size_t limit, std::span<const double> weights, Score score,
                                        int num_threads, Stop& stop) = 0;
};

template <class Index>
std::unique_ptr<Instances> instances_of(const GraphView<Index>& graph, int size, Code code,
                                        const InstanceFilter& filter, Stop& stop);

}  // namespace motifcount
