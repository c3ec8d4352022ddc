#include "kernels/bit_kernels.hpp"

#include <array>

#include "kernels/bit_kernels_isa.hpp"

namespace motifcount {
namespace {

struct Registry {
  std::array<BitKernels, 3> kernels{};
  std::size_t size = 0;

  Registry() {
    kernels[size++] = {"portable", portable::pair_sum, portable::add_triangles, portable::add_triangles_by_node,
                       portable::add_triangles_by_link};
#ifdef MOTIFCOUNT_X86_64
    __builtin_cpu_init();
    if (__builtin_cpu_supports("popcnt"))
      kernels[size++] = {"popcnt", popcnt::pair_sum, popcnt::add_triangles, popcnt::add_triangles_by_node,
                         popcnt::add_triangles_by_link};
    if (__builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512bitalg") && __builtin_cpu_supports("avx512vbmi") &&
        __builtin_cpu_supports("gfni"))
      kernels[size++] = {"avx512vpopcntdq", avx512::pair_sum, avx512::add_triangles, avx512::add_triangles_by_node,
                         avx512::add_triangles_by_link};
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
