// Bit matrix and hash set against std::set, under long random sequences of operations.
#include "nulls/edge_sets.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "tools/check.hpp"
#include "tools/graphs.hpp"

namespace test_edge_sets {

using namespace motifcount;
using test::below;
using test::Random;
using Cell = std::pair<std::uint32_t, std::uint32_t>;

// Random inserts and erases with never more than `capacity` cells; only what is
// present is erased: the hash set would look for anything else for ever.
template <class Set>
void imitate(const std::vector<Cell>& cells, std::uint32_t n_rows, std::uint32_t n_cols, std::size_t capacity,
             int n_steps, Random& random) {
  Set set(n_rows, n_cols, capacity, test::never());
  std::set<Cell> expected;
  std::int64_t wrong = 0;
  for (int step = 0; step < n_steps; ++step) {
    const Cell cell = cells[static_cast<std::size_t>(below(random, static_cast<int>(cells.size())))];
    const bool present = expected.contains(cell);
    if (present && test::chance(random, 0.6)) {
      set.erase(cell.first, cell.second);
      expected.erase(cell);
    } else if (present || expected.size() < capacity) {  // inserting again changes nothing
      set.insert(cell.first, cell.second);
      expected.insert(cell);
    }
    const Cell other = cells[static_cast<std::size_t>(below(random, static_cast<int>(cells.size())))];
    for (const Cell& asked : {cell, other})
      wrong += set.contains(asked.first, asked.second) != expected.contains(asked);
  }
  for (const Cell& cell : cells) wrong += set.contains(cell.first, cell.second) != expected.contains(cell);
  CHECK_EQ(wrong, 0);
}

std::vector<Cell> random_cells(std::size_t n, std::uint32_t n_rows, std::uint32_t n_cols, Random& random) {
  std::vector<Cell> cells;
  for (std::size_t k = 0; k < n; ++k)
    cells.emplace_back(static_cast<std::uint32_t>(random() % n_rows), static_cast<std::uint32_t>(random() % n_cols));
  return cells;
}

// Tables as full as they may be, so small that every run of slots is long and many wrap around.
void crowded() {
  Random random(15);
  for (int round = 0; round < 300; ++round) {
    const std::size_t capacity = 1 + static_cast<std::size_t>(below(random, 40));
    const auto n_rows = static_cast<std::uint32_t>(1 + below(random, 200));
    const auto n_cols = static_cast<std::uint32_t>(1 + below(random, 200));
    const auto cells = random_cells(3 * capacity, n_rows, n_cols, random);
    imitate<HashSet>(cells, n_rows, n_cols, capacity, 1000, random);
    imitate<BitMatrixSet>(cells, n_rows, n_cols, capacity, 1000, random);
  }
}

// The slot a cell is hashed to, as HashSet has it, in a table of 16.
std::uint64_t home16(Cell cell) {
  const std::uint64_t key = std::uint64_t{cell.first} << 32 | cell.second;
  return (key ^ key >> 32) * 0x9e3779b97f4a7c15 >> 60;
}

// Cells that all want the same slot, or one of two neighbours, at every place of the table and over its end.
void same_slot() {
  Random random(16);
  for (std::uint64_t slot = 0; slot < 16; ++slot)
    for (const std::uint64_t spread : {1, 2, 3}) {
      std::vector<Cell> cells;
      while (cells.size() < 12)
        if (const Cell cell = random_cells(1, 1000, 1000, random)[0]; (home16(cell) - slot) % 16 < spread)
          cells.push_back(cell);
      imitate<HashSet>(cells, 1000, 1000, 7, 1500, random);
    }
}

// The corners of the largest block: no cell may look like an empty slot.
void largest_coordinates() {
  constexpr std::uint32_t last = 0xfffffffd;
  HashSet set(0xfffffffe, 0xfffffffe, 4, test::never());
  const std::vector<Cell> corners{{0, 0}, {0, last}, {last, 0}, {last, last}};
  for (const auto& [r, c] : corners) CHECK(!set.contains(r, c));
  for (const auto& [r, c] : corners) set.insert(r, c);
  for (const auto& [r, c] : corners) CHECK(set.contains(r, c));
  set.erase(last, last);
  CHECK(!set.contains(last, last));
  CHECK(set.contains(last, 0));
}

void reset(BitMatrixSet& set) { set.reset(70, 70, test::never()); }
void reset(HashSet& set) { set.reset(10, test::never()); }

template <class Set>
void resetting() {
  Set set(70, 70, 10, test::never());
  for (std::uint32_t k = 0; k < 10; ++k) set.insert(k, 69 - k);
  reset(set);
  bool any = false;
  for (std::uint32_t r = 0; r < 70; ++r)
    for (std::uint32_t c = 0; c < 70; ++c) any |= set.contains(r, c);
  CHECK(!any);
}

void large_sets_can_be_interrupted() {
  Stop stop;
  stop.request();
  CHECK_THROWS(Interrupted, HashSet(1000, 1000, 1 << 20, stop));
  CHECK_THROWS(Interrupted, BitMatrixSet(10000, 10000, 0, stop));
}

void choice_of_set() {
  CHECK(prefers_bits(0, 0, 0));
  CHECK(prefers_bits(1000, 1000, 10));         // small
  CHECK(!prefers_bits(100000, 100000, 1000));  // large and sparse
  CHECK(prefers_bits(10000, 10000, 5000000));  // large and dense
  CHECK(!prefers_bits(0xfffffffe, 0xfffffffe, 0xffffffff));
  CHECK_EQ(BitMatrixSet::bytes(3, 64), 24);
  CHECK_EQ(BitMatrixSet::bytes(3, 65), 48);
  CHECK(HashSet::bytes(1000) >= 2000 * 8);
}

const check::Tests tests(__FILE__, [] {
  RUN(crowded);
  RUN(same_slot);
  RUN(largest_coordinates);
  RUN(resetting<BitMatrixSet>);
  RUN(resetting<HashSet>);
  RUN(large_sets_can_be_interrupted);
  RUN(choice_of_set);
});

}  // namespace test_edge_sets
