#include "kernels/bit_kernels.hpp"

#include <array>

#include "kernels/bit_kernels_isa.hpp"

namespace motifcount {
namespace {

struct Registry {
  std::array<BitKernels, 4> kernels{};
  std::size_t size = 0;

  Registry() {
    kernels[size++] = {"portable",
                       portable::pair_sum,
                       portable::add_triangles,
                       portable::add_triangles_by_node,
                       portable::add_triangles_by_link,
                       portable::kStrips};
#ifdef MOTIFCOUNT_X86_64
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("popcnt")) return;
    BitKernels next{"popcnt",
                    popcnt::pair_sum,
                    popcnt::add_triangles,
                    popcnt::add_triangles_by_node,
                    popcnt::add_triangles_by_link,
                    portable::kStrips};
    kernels[size++] = next;
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") || !__builtin_cpu_supports("bmi2")) return;
    next.name = "avx2";
    next.strips = avx2::kStrips;
    kernels[size++] = next;
    if (__builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512bitalg") && __builtin_cpu_supports("avx512vbmi") &&
        __builtin_cpu_supports("gfni"))
      kernels[size++] = {"avx512vpopcntdq",
                         avx512::pair_sum,
                         avx512::add_triangles,
                         avx512::add_triangles_by_node,
                         avx512::add_triangles_by_link,
                         avx2::kStrips};
#endif
  }
};

const Registry& registry() {
  static const Registry instance;
  return instance;
}

}  // namespace

const BitKernels& bit_kernels() { return registry().kernels[registry().size - 1]; }

BitKernelList available_bit_kernels() { return {registry().kernels.data(), registry().size}; }

}  // namespace motifcount
