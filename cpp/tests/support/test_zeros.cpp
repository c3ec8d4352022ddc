// Arrays of zeros: all of them, for any length and number of threads, and interruptible.
#include "support/zeros.hpp"

#include <array>

#include "tools/check.hpp"

namespace test_zeros {

using namespace motifcount;

using Item = std::array<std::int64_t, 199>;
constexpr Item kFull = [] {
  Item item{};
  item.fill(-1);
  return item;
}();

void every_item() {
  for (const std::size_t n : {0, 1, 657, 658, 659, 5000})  // a stretch has 658
    for (const int threads : {1, 2, 3}) {
      Stop stop;
      LargeArray<Item> items;
      items.assign(700, kFull);
      assign_zeros(items, n, threads, stop);
      CHECK_EQ(items.size(), n);
      for (const Item& item : items) CHECK(item == Item{});
    }
}

// Before the last stretch.
void interruption() {
  for (const int threads : {1, 3}) {
    Stop stop;
    LargeArray<Item> items;
    items.assign(5000, kFull);
    stop.request();
    CHECK_THROWS(Interrupted, assign_zeros(items, 5000, threads, stop));
    CHECK(items.back() == kFull);
  }
}

const check::Tests tests(__FILE__, [] {
  RUN(every_item);
  RUN(interruption);
});

}  // namespace test_zeros
