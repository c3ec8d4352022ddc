// The linked nodes (those with an arc) of a strictly layered graph, level by level.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "graph/csr.hpp"
#include "support/types.hpp"

namespace motifcount {

// The linked nodes of one level: first those with arcs in and out, then those with arcs out only, then in only.
struct LinkedLevel {
  std::int64_t begin = 0;  // position of the first in the node order
  std::int64_t both = 0, out_only = 0, in_only = 0;
  std::int64_t arcs_out = 0;
  double out_pairs = 0, in_pairs = 0, paths = 0;  // sums of C(o, 2), C(i, 2) and i * o

  [[nodiscard]] std::int64_t size() const { return both + out_only + in_only; }
  [[nodiscard]] std::int64_t sources() const { return both + out_only; }
};

template <class Index>
class LinkedLevels {
 public:
  LinkedLevels(const CsrView<Index>& out, std::span<const std::int32_t> level_of, std::int64_t n_levels,
               int num_threads, Stop& stop)
      : out_(out),
        level_of_(level_of),
        in_degree_(in_degrees(out, num_threads, stop)),
        levels_(static_cast<std::size_t>(n_levels)) {
    measure();
    order();
  }

  [[nodiscard]] const CsrView<Index>& out() const { return out_; }
  [[nodiscard]] std::int64_t in_degree(std::int64_t v) const { return in_degree_[static_cast<std::size_t>(v)]; }
  [[nodiscard]] std::int64_t level_of(std::int64_t v) const { return level_of_[static_cast<std::size_t>(v)]; }

  [[nodiscard]] std::int64_t n_levels() const { return static_cast<std::int64_t>(levels_.size()); }
  [[nodiscard]] const LinkedLevel& level(std::int64_t l) const { return levels_[static_cast<std::size_t>(l)]; }

  // Linked nodes by level.
  [[nodiscard]] std::int64_t n_linked() const { return static_cast<std::int64_t>(order_.size()); }
  [[nodiscard]] std::int64_t node_at(std::int64_t k) const { return order_[static_cast<std::size_t>(k)]; }

 private:
  void measure() {
    for (std::int64_t v = 0; v < out_.n_rows(); ++v) {
      const std::int64_t o = out_.degree(v);
      const std::int64_t i = in_degree(v);
      if (o + i == 0) continue;
      LinkedLevel& at = levels_[static_cast<std::size_t>(level_of(v))];
      ++(o == 0 ? at.in_only : i == 0 ? at.out_only : at.both);
      at.arcs_out += o;
      at.out_pairs += 0.5 * static_cast<double>(o) * static_cast<double>(o - 1);
      at.in_pairs += 0.5 * static_cast<double>(i) * static_cast<double>(i - 1);
      at.paths += static_cast<double>(i) * static_cast<double>(o);
    }
  }

  void order() {
    std::int64_t linked = 0;
    std::vector<std::array<std::int64_t, 3>> cursor;
    for (LinkedLevel& at : levels_) {
      at.begin = linked;
      cursor.push_back({linked, linked + at.both, linked + at.sources()});
      linked += at.size();
    }
    order_.resize(static_cast<std::size_t>(linked));
    for (std::int64_t v = 0; v < out_.n_rows(); ++v) {
      if (out_.degree(v) + in_degree(v) == 0) continue;
      const std::size_t kind = in_degree(v) == 0 ? 1 : out_.degree(v) == 0 ? 2 : 0;
      const std::int64_t at = cursor[static_cast<std::size_t>(level_of(v))][kind]++;
      order_[static_cast<std::size_t>(at)] = static_cast<Index>(v);
    }
  }

  CsrView<Index> out_;
  std::span<const std::int32_t> level_of_;
  std::vector<Index> in_degree_;
  std::vector<LinkedLevel> levels_;
  std::vector<Index> order_;
};

}  // namespace motifcount
