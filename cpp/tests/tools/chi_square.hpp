// Whether outcomes that should be equally likely look so.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

namespace test {

// Pearson's sum over equally likely outcomes, as a standard normal deviate (Wilson and Hilferty 1931).
inline double uniformity_deviate(const std::vector<std::int64_t>& counts) {
  double total = 0;
  for (const std::int64_t count : counts) total += static_cast<double>(count);
  const double expected = total / static_cast<double>(counts.size());
  double sum = 0;
  for (const std::int64_t count : counts) sum += std::pow(static_cast<double>(count) - expected, 2);
  const double freedom = static_cast<double>(counts.size()) - 1;
  const double scale = 2 / (9 * freedom);
  return (std::cbrt(sum / expected / freedom) - (1 - scale)) / std::sqrt(scale);
}

// Seeds are fixed, so this passes always or never; a fair source fails for one seed in a hundred thousand.
inline bool looks_uniform(const std::vector<std::int64_t>& counts) {
  return std::abs(uniformity_deviate(counts)) < 4.5;
}

// Successes of `n` trials with probability p, within five standard deviations of their mean.
inline bool looks_binomial(std::int64_t successes, std::int64_t n, double p) {
  const double mean = static_cast<double>(n) * p;
  return std::abs(static_cast<double>(successes) - mean) < 5 * std::sqrt(mean * (1 - p));
}

}  // namespace test
