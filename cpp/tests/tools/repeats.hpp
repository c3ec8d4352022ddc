// Less is repeated under a sanitizer, which sees every path in a little of it; all of it, where nothing slows a test.
#pragma once

#include <cstdint>

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

}  // namespace test
