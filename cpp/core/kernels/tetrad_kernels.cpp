#include "kernels/tetrad_kernels.hpp"

#include <array>

#include "kernels/tetrad_kernels_isa.hpp"

namespace motifcount {
namespace {

struct Registry {
  std::array<TetradKernels, 3> kernels{};
  std::size_t size = 0;

  Registry() {
    kernels[size++] = {.name = "portable",
                       .list_pairs = portable::list_pairs,
                       .add_common_bits = portable::add_common_bits,
                       .extract_row = nullptr,
                       .add_products = portable::add_products,
                       .take_counters = portable::take_counters,
                       .count_hubs = portable::count_hubs,
                       .add_batch_products = portable::add_batch_products,
                       .add_long_batch_products = portable::add_long_batch_products,
                       .sum_bytes = portable::sum_bytes,
                       .sum_shorts = portable::sum_shorts,
                       .sum_edges = portable::sum_edges,
                       .sum_rows = portable::sum_rows,
                       .make_induced = portable::make_induced,
                       .batch_cost = 3};
#ifdef MOTIFCOUNT_X86_64
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") || !__builtin_cpu_supports("bmi2") ||
        !__builtin_cpu_supports("popcnt"))
      return;
    kernels[size++] = {.name = "avx2",
                       .list_pairs = avx2::list_pairs,
                       .add_common_bits = avx2::add_common_bits,
                       .extract_row = avx2::extract_row,
                       .add_products = avx2::add_products,
                       .take_counters = avx2::take_counters,
                       .count_hubs = avx2::count_hubs,
                       .add_batch_products = avx2::add_batch_products,
                       .add_long_batch_products = avx2::add_long_batch_products,
                       .sum_bytes = avx2::sum_bytes,
                       .sum_shorts = avx2::sum_shorts,
                       .sum_edges = avx2::sum_edges,
                       .sum_rows = avx2::sum_rows,
                       .make_induced = avx2::make_induced,
                       .batch_cost = 2};
    if (!__builtin_cpu_supports("avx512vpopcntdq") || !__builtin_cpu_supports("avx512bw") ||
        !__builtin_cpu_supports("avx512vl") || !__builtin_cpu_supports("avx512vnni"))
      return;
    kernels[size++] = {.name = "avx512vpopcntdq",
                       .list_pairs = avx2::list_pairs,
                       .add_common_bits = avx512::add_common_bits,
                       .extract_row = avx2::extract_row,
                       .add_products = avx512::add_products,
                       .take_counters = avx2::take_counters,
                       .count_hubs = avx512::count_hubs,
                       .add_batch_products = avx512::add_batch_products,
                       .add_long_batch_products = avx512::add_long_batch_products,
                       .sum_bytes = avx512::sum_bytes,
                       .sum_shorts = avx512::sum_shorts,
                       .sum_edges = avx512::sum_edges,
                       .sum_rows = avx512::sum_rows,
                       .make_induced = avx512::make_induced,
                       .batch_cost = 1};
#endif
  }
};

const Registry& registry() {
  static const Registry instance;
  return instance;
}

}  // namespace

void make_room(BatchProducts& products, std::uint64_t more) {
  products.most += more;
  if (products.most <= UINT32_MAX) return;
  products.most = more;
  for (std::size_t s = 0; s < 9; ++s)
    for (std::size_t t = s; t < 10; ++t)
      for (std::uint32_t& lane : products.lanes[s][t]) {
        products.sums[s][t] += lane;
        lane = 0;
      }
}

const TetradKernels& tetrad_kernels() { return registry().kernels[registry().size - 1]; }

TetradKernelList available_tetrad_kernels() { return {registry().kernels.data(), registry().size}; }

}  // namespace motifcount
