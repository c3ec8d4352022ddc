// Shared by the null models: naming a block in errors, and turning its cells into arcs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "motifcount/blocks.hpp"
#include "motifcount/null_models.hpp"

namespace motifcount {

inline std::string block_name(const Block& block) {
  return "block " + std::to_string(block.source_layer) + " -> " + std::to_string(block.target_layer);
}

template <class Index>
std::unique_ptr<NullModel> prepare_degree(const GraphView<Index>& graph, const NullOptions& options, int num_threads,
                                          Stop& stop);
template <class Index>
std::unique_ptr<NullModel> prepare_edge_count(const GraphView<Index>& graph, const NullOptions& options);

}  // namespace motifcount
