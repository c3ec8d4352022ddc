#include "tetrads/tetrad_classes.hpp"

#include <algorithm>

namespace motifcount {
namespace {

constexpr std::size_t bit_of_arc(std::size_t u, std::size_t v) {
  return u < v ? v * (v - 1) + 2 * u : u * (u - 1) + 2 * v + 1;
}

template <class Visit>
void for_each_arc(std::size_t code, Visit visit) {
  for (std::size_t u = 0; u < 4; ++u)
    for (std::size_t v = 0; v < 4; ++v)
      if (u != v && code >> bit_of_arc(u, v) & 1) visit(u, v);
}

bool is_connected(std::size_t code) {
  std::array<std::size_t, 4> part{0, 1, 2, 3};
  for_each_arc(code, [&](std::size_t u, std::size_t v) {
    const std::size_t joined = part[v];
    for (std::size_t& p : part)
      if (p == joined) p = part[u];
  });
  return std::ranges::count(part, part[0]) == 4;
}

TetradClasses make_classes() {
  struct Class {
    bool disconnected;
    std::size_t number, code;
    auto operator<=>(const Class&) const = default;
  };
  std::vector<Class> classes;
  std::vector<std::size_t> number_of(kTetradCodes, 0);
  std::array<std::size_t, 4> order{0, 1, 2, 3};
  for (std::size_t code = 0; code < kTetradCodes; ++code) {
    if (code > 0 && number_of[code] != 0) continue;
    std::vector<std::size_t> codes;
    std::size_t least = ~std::size_t{0};
    do {
      std::size_t number = 0, permuted = 0;
      for_each_arc(code, [&](std::size_t u, std::size_t v) {
        number |= std::size_t{1} << (4 * order[u] + order[v]);
        permuted |= std::size_t{1} << bit_of_arc(order[u], order[v]);
      });
      codes.push_back(permuted);
      least = std::min(least, number);
    } while (std::ranges::next_permutation(order).found);
    for (const std::size_t permuted : codes) number_of[permuted] = least;
    classes.push_back({!is_connected(code), least, code});
  }
  std::ranges::sort(classes);
  TetradClasses all{};
  std::vector<std::size_t> class_of(1 << 16, 0);
  for (std::size_t k = 0; k < classes.size(); ++k) {
    all.code[k] = static_cast<std::uint16_t>(classes[k].code);
    all.number[k] = static_cast<std::uint16_t>(classes[k].number);
    class_of[classes[k].number] = k;
  }
  for (std::size_t code = 0; code < kTetradCodes; ++code)
    all.of_code[code] = static_cast<std::uint8_t>(class_of[number_of[code]]);
  return all;
}

}  // namespace

const TetradClasses& tetrad_classes() {
  static const TetradClasses classes = make_classes();
  return classes;
}

}  // namespace motifcount
