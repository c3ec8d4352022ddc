// A Markov chain of the graphs of one block, and the memory that chains share.
#pragma once

#include <any>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <typeindex>
#include <vector>

#include "graph/blocks.hpp"
#include "nulls/null_model.hpp"
#include "nulls/swaps.hpp"
#include "support/rng.hpp"
#include "support/stop.hpp"

namespace motifcount {

// Memory that chains use while they run: one object of a type for each thread, kept from one run to the next.
class Workspaces {
 public:
  explicit Workspaces(int num_threads = 1) : num_threads_(num_threads) {}

  template <class Workspace>
  std::span<Workspace> of() {
    std::any& stored = by_type_[typeid(Workspace)];
    if (!stored.has_value()) stored = std::vector<Workspace>(static_cast<std::size_t>(num_threads_));
    return std::any_cast<std::vector<Workspace>&>(stored);
  }

 private:
  int num_threads_;
  std::map<std::type_index, std::any> by_type_;
};

// Its functions are called once a run, never once an attempt.
class BlockChain {
 public:
  virtual ~BlockChain() = default;

  // Makes at least `attempts` moves. Uses as many threads as there are workspaces; the result is the same for any
  // number.
  virtual SwapStats run(std::int64_t attempts, Rng& rng, Workspaces& workspaces, Stop& stop) = 0;
  // Whether more threads than one have something to do in a run.
  [[nodiscard]] virtual bool is_parallel() const { return false; }
  // Makes `target` an independent chain in the same state. Reuses its memory if it is a chain of the same type.
  virtual void copy_to(std::unique_ptr<BlockChain>& target, Stop& stop) const = 0;
  // Appends the arcs of the present state, between the nodes of `block`, which the chain was made from.
  virtual void append_arcs(const Block& block, std::vector<Arc>& arcs, PacedStop& pace) const = 0;
  // Appends their kinds, which are the same in every state, where the chain keeps any.
  virtual void append_kinds(const Block& /*block*/, std::vector<std::uint8_t>& /*kinds*/) const {}

 protected:
  BlockChain() = default;
  BlockChain(const BlockChain&) = default;
  BlockChain& operator=(const BlockChain&) = default;
};

// copy_to of a chain whose assignment copies it.
template <class SomeChain>
void copy_chain(const SomeChain& chain, std::unique_ptr<BlockChain>& target) {
  if (auto* const same = dynamic_cast<SomeChain*>(target.get())) *same = chain;
  else target = std::make_unique<SomeChain>(chain);
}

// append_arcs by chain.for_each_edge(visit(row, column)).
template <class SomeChain>
void append_edges(const SomeChain& chain, const Block& block, std::vector<Arc>& arcs, PacedStop& pace) {
  constexpr std::int64_t units_per_arc = 4;
  chain.for_each_edge([&](std::uint32_t r, std::uint32_t c) {
    pace(units_per_arc);
    arcs.push_back({block.rows[r], block.cols[c]});
  });
}

}  // namespace motifcount
