// Where the counts of all nodes go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "support/threads.hpp"

namespace motifcount {

// The counts of nodes by rank, in columns: see NodeClasses.
class NodeTable {
 public:
  NodeTable(std::int64_t* table, std::size_t n_columns, std::span<const std::uint32_t> row_of_rank, bool shared)
      : table_(table), n_columns_(n_columns), row_of_rank_(row_of_rank), shared_(shared) {}

  [[nodiscard]] std::span<std::int64_t> of(std::size_t v) const {
    return {table_ + n_columns_ * row_of_rank_[v], n_columns_};
  }
  // Several workers may add to one node.
  struct Row {
    std::int64_t* counts;
    bool shared;

    void add(std::size_t column, std::int64_t n) const {
      if (!shared) counts[column] += n;
      else if (n != 0) fetch_add(counts[column], n, true);
    }
  };
  [[nodiscard]] Row row(std::size_t v) const { return {of(v).data(), shared_}; }
  void prefetch(std::size_t v, std::size_t first_column, std::size_t end_column) const {
    const std::int64_t* const counts = table_ + n_columns_ * row_of_rank_[v];
    for (std::size_t column = first_column; column < end_column; column += 8) __builtin_prefetch(counts + column, 1);
  }

 private:
  std::int64_t* table_;
  std::size_t n_columns_;
  std::span<const std::uint32_t> row_of_rank_;
  bool shared_;  // between workers
};

}  // namespace motifcount
