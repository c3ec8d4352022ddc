#include "tetrads/node_classes.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <utility>
namespace motifcount {
namespace {

// What is added to at the same time stands side by side: roles of a skeleton at nodes of as many links.
std::array<int, 5> key_of(Code code, std::size_t node) {
  int n_mutual = 0;
  std::array<int, 4> links{};
  for (int u = 0; u < 4; ++u)
    for (int v = 0; v < 4; ++v) {
      if (u == v) continue;
      n_mutual += dyad_code(code, u, v) == 3;
      links[static_cast<std::size_t>(u)] += dyad_code(code, u, v) != 0;
    }
  const int own = links[node];
  const int n_links = std::accumulate(links.begin(), links.end(), 0);
  std::ranges::sort(links);
  return {n_links, links[0], links[3], own, n_mutual};
}

}  // namespace

NodeClasses::NodeClasses(ByPlace by) {
  order_columns(by);
  fill_tables(by);
  list_larger(by);
}

const NodeClasses& NodeClasses::of(ByPlace by) {
  static const NodeClasses classes(ByPlace::kClass), roles(ByPlace::kRole);
  return by == ByPlace::kRole ? roles : classes;
}

void NodeClasses::order_columns(ByPlace by) {
  const RolesOfFamily& roles = roles_of(Family::kTetrad);
  const std::size_t n = by == ByPlace::kRole ? n_roles(Family::kTetrad) : kTetrads;
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t k) {
    const auto key =
        by == ByPlace::kRole ? key_of(roles.code_of(k), roles.node_of(k)) : key_of(kTetradClasses[k].code, 0);
    return std::pair(key, k);
  });
  column_of_.resize(n);
  for (std::size_t column = 0; column < n; ++column) column_of_[order[column]] = static_cast<std::uint16_t>(column);
}

void NodeClasses::fill_tables(ByPlace by) {
  const RolesOfFamily& roles = roles_of(Family::kTetrad);
  const auto code_of = [](std::size_t ab, std::size_t ac, std::size_t ad, std::size_t bc, std::size_t bd,
                          std::size_t cd) { return static_cast<Code>(tetrad_code(ab, ac, bc, ad, bd, cd)); };
  const auto at = [&](Code code, std::size_t node) {
    return column_of_[by == ByPlace::kRole ? roles.of(code, node) : std::uint16_t{kTetradOfCode[code]}];
  };
  const auto digit = [](std::size_t k, std::size_t place) { return k / place % 3; };
  const auto back = [](std::size_t link) { return kReversedLink[link] + 1; };
  for (std::size_t k = 0; k < 729; ++k) {
    const Code code =
        code_of(digit(k, 243) + 1, digit(k, 81) + 1, digit(k, 27) + 1, digit(k, 9) + 1, digit(k, 3) + 1, k % 3 + 1);
    clique[k] = at(code, 0);
    clique_second[k] = at(code, 1);
  }
  for (std::size_t k = 0; k < 243; ++k) {
    const Code code = code_of(k / 81 + 1, digit(k, 27) + 1, digit(k, 3) + 1, digit(k, 9) + 1, k % 3 + 1, 0);
    diamond[k] = at(code, 0);
    diamond_wing[k] = at(code, 2);
  }
  for (std::size_t k = 0; k < 81; ++k) {
    const Code triangle = code_of(digit(k, 27) + 1, digit(k, 9) + 1, k % 3 + 1, digit(k, 3) + 1, 0, 0);
    paw[k] = at(triangle, 0);
    paw_side[k] = at(triangle, 1);
    paw_tail[k] = at(triangle, 3);
    const Code round = code_of(digit(k, 27) + 1, 0, digit(k, 3) + 1, digit(k, 9) + 1, 0, back(k % 3));
    cycle[k] = at(round, 0);
    cycle_side[k] = at(round, 1);
    cycle_opposite[k] = at(round, 2);
  }
  const auto [first_wing, last_wing] = std::ranges::minmax(diamond_wing);
  wings = {first_wing, last_wing + std::size_t{1}};
  for (std::size_t k = 0; k < 27; ++k) {
    const Code around = code_of(digit(k, 9) + 1, digit(k, 3) + 1, k % 3 + 1, 0, 0, 0);
    claw[k] = at(around, 0);
    claw_leaf[k] = at(around, 1);
    const Code along = code_of(digit(k, 9) + 1, digit(k, 3) + 1, 0, 0, k % 3 + 1, 0);
    path[k] = at(along, 0);
    path_end[k] = at(along, 2);
  }
}

void NodeClasses::list_larger(ByPlace by) {
  const RolesOfFamily& roles = roles_of(Family::kTetrad);
  std::vector<std::vector<std::uint16_t>> larger(n_columns());
  for (std::size_t k = 0; k < n_columns(); ++k) {
    const Code code = by == ByPlace::kRole ? roles.code_of(k) : kTetradClasses[k].code;
    std::size_t n_links = 0;
    for (int v = 0; v < 4; ++v)
      for (int u = 0; u < v; ++u) {
        if (dyad_code(code, u, v) == 0) continue;
        ++n_links;
        const auto less = static_cast<Code>(code & ~(1U << bit_of_arc(u, v) | 1U << bit_of_arc(v, u)));
        const std::size_t smaller = by == ByPlace::kRole ? roles.of(less, roles.node_of(k)) : kTetradOfCode[less];
        if (smaller < n_columns()) larger[column_of_[smaller]].push_back(column_of_[k]);
      }
    for (std::size_t behind = n_links - 2; behind < first_.size(); ++behind) ++first_[behind];
  }
  for (const auto& columns : larger) {
    larger_.insert(larger_.end(), columns.begin(), columns.end());
    larger_end_.push_back(static_cast<std::uint32_t>(larger_.size()));
  }
}

void NodeClasses::finish(const TetradKernels& kernels, Rows rows) const {
  std::array<FourNodes, n_roles(Family::kTetrad)> columns, scratch;
  const auto row = [&](std::size_t k) { return rows[std::min(k, rows.size() - 1)]; };
  const std::array<std::int64_t*, kNodesAtOnce> four{row(0), row(1), row(2), row(3)};
  const std::size_t n = n_columns();
  for (std::size_t c = 0; c < n; ++c) columns[c] = {{four[0][c], four[1][c], four[2][c], four[3][c]}};
  kernels.make_induced({larger_.data(), larger_end_.data(), first_}, columns.data(), scratch.data());
  using Two __attribute__((vector_size(16))) = std::int64_t;
  for (std::size_t c = 0; c + 1 < n; c += 2)
    for (std::size_t k = 0; k < kNodesAtOnce; k += 2) {
      Two first, second;
      std::memcpy(&first, &columns[column_of_[c]].of[k], sizeof first);
      std::memcpy(&second, &columns[column_of_[c + 1]].of[k], sizeof second);
      const Two of_k{first[0], second[0]}, of_next{first[1], second[1]};
      std::memcpy(four[k] + c, &of_k, sizeof of_k);
      std::memcpy(four[k + 1] + c, &of_next, sizeof of_next);
    }
  if (n % 2 != 0)
    for (std::size_t k = 0; k < kNodesAtOnce; ++k) four[k][n - 1] = columns[column_of_[n - 1]].of[k];
}

}  // namespace motifcount
