#include "tetrads/node_classes.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "tetrads/open_counts.hpp"

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
  if (by == ByPlace::kRole) {
    for (const ContainedRole& c : roles_of(Family::kTetrad).by_links()) add_term(c.larger, c.smaller, c.times);
  } else {
    for (const Contained& c : contained_tetrads())
      if (c.smaller < kTetrads) add_term(c.larger, c.smaller, c.times);
  }
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
  paws_and_wings = {std::min(std::ranges::min(paw), std::ranges::min(paw_tail)), wings.end};
  for (std::size_t k = 0; k < 27; ++k) {
    const Code around = code_of(digit(k, 9) + 1, digit(k, 3) + 1, k % 3 + 1, 0, 0, 0);
    claw[k] = at(around, 0);
    claw_leaf[k] = at(around, 1);
    const Code along = code_of(digit(k, 9) + 1, digit(k, 3) + 1, 0, 0, k % 3 + 1, 0);
    path[k] = at(along, 0);
    path_end[k] = at(along, 2);
  }
}

// Terms of one `larger` come one after the other.
void NodeClasses::add_term(std::size_t larger, std::size_t smaller, std::uint16_t times) {
  if (larger_.empty() || larger_.back().column != column_of_[larger]) larger_.push_back({column_of_[larger], 0});
  terms_.push_back({column_of_[smaller], times});
  larger_.back().end = static_cast<std::uint32_t>(terms_.size());
}

void NodeClasses::finish(std::span<std::int64_t> by_column, std::span<std::int64_t> counts) const {
  std::size_t k = 0;
  for (const Larger& larger : larger_) {
    const std::int64_t n = by_column[larger.column];
    if (n != 0)
      for (; k < larger.end; ++k) by_column[terms_[k].column] -= n * terms_[k].times;
    k = larger.end;
  }
  for (std::size_t c = 0; c < counts.size(); ++c) counts[c] = by_column[column_of_[c]];
}

}  // namespace motifcount
