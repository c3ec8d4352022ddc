// Arrays for random access: on huge pages where the system grants them, and not initialized by resize().
//
// Scattered reads and writes over more memory than the TLB covers take half the time on 2 MiB pages (Linux,
// transparent huge pages by madvise). Elements that resize() adds hold garbage until they are written.
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <vector>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace motifcount {

template <class T>
struct HugePages {
  using value_type = T;
  static constexpr std::size_t kHugePage = std::size_t{1} << 21;

  HugePages() = default;
  template <class U>
  HugePages(const HugePages<U>&) {}  // NOLINT: allocators convert

  T* allocate(std::size_t n) {
    static_assert(std::is_trivially_copyable_v<T>);
    const std::size_t bytes = n * sizeof(T);
#ifdef __linux__
    if (bytes >= kHugePage) {
      void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      if (memory == MAP_FAILED) throw std::bad_alloc();
      madvise(memory, bytes, MADV_HUGEPAGE);  // a wish: without it the pages are small
      return static_cast<T*>(memory);
    }
#endif
    return static_cast<T*>(::operator new(bytes));
  }

  void deallocate(T* memory, [[maybe_unused]] std::size_t n) {
#ifdef __linux__
    if (n * sizeof(T) >= kHugePage) {
      munmap(memory, n * sizeof(T));
      return;
    }
#endif
    ::operator delete(memory);
  }

  void construct(T*) {}
  template <class U>
  void construct(T* at, const U& value) {
    *at = T(value);
  }

  friend bool operator==(const HugePages&, const HugePages&) { return true; }
};

template <class T>
using LargeArray = std::vector<T, HugePages<T>>;

}  // namespace motifcount
