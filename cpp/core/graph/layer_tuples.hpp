// Multisets of layers: the rows of tables that break counts down by the layers of a motif's nodes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace motifcount {

inline constexpr std::int64_t kMaxBlockLayers = 128;  // tables grow with the cube of the number of layers

// Multisets of two and three layers, in lexicographic order of their sorted tuples.
class LayerTuples {
 public:
  explicit LayerTuples(std::int64_t n_layers);

  [[nodiscard]] std::int64_t n_layers() const { return n_layers_; }
  [[nodiscard]] const std::vector<std::array<std::int32_t, 2>>& pairs() const { return pairs_; }
  [[nodiscard]] const std::vector<std::array<std::int32_t, 3>>& triples() const { return triples_; }
  // Position of {a, b} and of {a, b, c}, in any order of the arguments.
  [[nodiscard]] std::size_t pair(std::int64_t a, std::int64_t b) const {
    return static_cast<std::size_t>(pair_id_[static_cast<std::size_t>(a * n_layers_ + b)]);
  }
  [[nodiscard]] std::size_t triple(std::int64_t a, std::int64_t b, std::int64_t c) const {
    return static_cast<std::size_t>(triple_id_[static_cast<std::size_t>((a * n_layers_ + b) * n_layers_ + c)]);
  }

 private:
  std::int64_t n_layers_;
  std::vector<std::array<std::int32_t, 2>> pairs_;
  std::vector<std::array<std::int32_t, 3>> triples_;
  std::vector<std::int32_t> pair_id_, triple_id_;
};

}  // namespace motifcount
