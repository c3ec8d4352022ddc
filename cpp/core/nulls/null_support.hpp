// Shared by the null models: naming a block in errors, and turning its cells into arcs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "graph/blocks.hpp"
#include "nulls/null_model.hpp"

namespace motifcount {

inline std::string block_name(const Block& block) {
  return "block " + std::to_string(block.source_layer) + " -> " + std::to_string(block.target_layer);
}

// A null model whose samples are drawn directly, each from its own stream, with no state between them.
class DirectNull : public NullModel {
 public:
  virtual void draw(std::uint64_t k, std::vector<Arc>& arcs, Stop& stop) const = 0;

  SwapStats one(std::vector<Arc>& arcs, Stop& stop) const override {
    draw(0, arcs, stop);
    return {};
  }

  [[nodiscard]] std::unique_ptr<Drawer> drawer() const override { return std::make_unique<DirectDrawer>(*this); }
  [[nodiscard]] std::unique_ptr<Drawer> walker(std::uint64_t /*chain*/, Stop& /*stop*/) const override {
    return drawer();
  }

 private:
  class DirectDrawer final : public Drawer {
   public:
    explicit DirectDrawer(const DirectNull& null) : null_(null) {}
    SwapStats draw(std::uint64_t k, std::vector<Arc>& arcs, Stop& stop) override {
      null_.draw(k, arcs, stop);
      return {};
    }

   private:
    const DirectNull& null_;
  };
};

template <class Index>
std::unique_ptr<NullModel> prepare_degree(const GraphView<Index>& graph, const NullOptions& options, int num_threads,
                                          Stop& stop);
template <class Index>
std::unique_ptr<NullModel> prepare_edge_count(const GraphView<Index>& graph, const NullOptions& options, Stop& stop);

template <class Index>
std::unique_ptr<NullModel> prepare_cover(const GraphView<Index>& graph, const NullOptions& options, Stop& stop);

}  // namespace motifcount
