// Less is repeated under a sanitizer, which sees every path in a little of it; all of it, where nothing slows a test.
#pragma once

#include <cstdint>
#include <vector>

namespace test {

#ifdef MOTIFCOUNT_SANITIZED
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

// Of random graphs, or of samples whose frequencies are tested.
constexpr std::int64_t repeats(std::int64_t n) { return kSanitized ? n / 10 : n; }

// From one graph to the next, where all that there are have a number.
inline constexpr unsigned kNextGraph = kSanitized ? 17 : 1;

// Numbers of threads, by all of which the same is found.
inline const std::vector<int> kThreads = kSanitized ? std::vector{1, 3} : std::vector{1, 2, 3, 7};

}  // namespace test
