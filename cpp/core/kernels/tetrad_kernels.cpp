#include "kernels/tetrad_kernels.hpp"

#include <array>

#include "kernels/tetrad_kernels_isa.hpp"

namespace motifcount {
namespace {

struct Registry {
  std::array<TetradKernels, 3> kernels{};
  std::size_t size = 0;

  Registry() {
    kernels[size++] = {"portable",
                       portable::list_pairs,
                       portable::add_common_bits,
                       nullptr,
                       portable::add_products,
                       portable::take_counters,
                       nullptr,
                       nullptr,
                       nullptr};
#ifdef MOTIFCOUNT_X86_64
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") || !__builtin_cpu_supports("bmi2") ||
        !__builtin_cpu_supports("popcnt"))
      return;
    kernels[size++] = {"avx2",
                       avx2::list_pairs,
                       avx2::add_common_bits,
                       avx2::extract_row,
                       avx2::add_products,
                       avx2::take_counters,
                       nullptr,
                       nullptr,
                       nullptr};
    if (__builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni"))
      kernels[size++] = {"avx512vpopcntdq",  avx2::list_pairs,           avx512::add_common_bits,
                         avx2::extract_row,  avx512::add_products,       avx2::take_counters,
                         avx512::count_hubs, avx512::add_batch_products, avx512::add_long_batch_products};
#endif
  }
};

const Registry& registry() {
  static const Registry instance;
  return instance;
}

}  // namespace

const TetradKernels& tetrad_kernels() { return registry().kernels[registry().size - 1]; }

TetradKernelList available_tetrad_kernels() { return {registry().kernels.data(), registry().size}; }

}  // namespace motifcount
