// A null model whose samples are drawn directly, each from its own stream, with no state between them.
#pragma once

#include <memory>
#include <vector>

#include "nulls/null_model.hpp"

namespace motifcount {

class DirectNull : public NullModel {
 public:
  static constexpr bool kHasChain = false;

  virtual void draw(std::uint64_t k, std::vector<Arc>& arcs, Stop& stop) const = 0;

  SwapStats single(std::vector<Arc>& arcs, int /*num_threads*/, Stop& stop) const override {
    draw(kSingle, arcs, stop);
    return {};
  }
  [[nodiscard]] std::unique_ptr<Drawer> drawer() const override { return std::make_unique<DirectDrawer>(*this); }
  [[nodiscard]] std::unique_ptr<Chain> chain(std::uint64_t /*number*/, Stop& /*stop*/) const override {
    return nullptr;
  }
  [[nodiscard]] std::unique_ptr<Chain> chain_of_sample(std::uint64_t /*k*/, Stop& /*stop*/) const override {
    return nullptr;
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

}  // namespace motifcount
