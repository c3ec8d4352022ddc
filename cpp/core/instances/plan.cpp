#include "instances/plan.hpp"

#include <algorithm>
#include <tuple>

namespace motifcount {
namespace {

using Order = Plan::Order;

// What is better is larger.
auto merits(int size, Code code, const Order& node) {
  const auto linked = [&](int p, int q) {
    return dyad_code(code, node[static_cast<std::size_t>(p)], node[static_cast<std::size_t>(q)]) != 0;
  };
  bool reached = true;  // all places, of a class that is connected
  int links = 0, of_first = 0;
  for (int p = 2; p < size; ++p) {
    reached = reached && (linked(0, p) || linked(1, p) || !is_connected(code, size));
    links += linked(0, p) + linked(1, p);
  }
  for (int p = 1; p < size; ++p) of_first += linked(0, p);
  return std::tuple(reached, !(size == 4 && linked(2, 3)), linked(0, 1), links, of_first);
}

int reach_of(int size, Code code, int from) {
  unsigned reached = 1u << from;
  for (int steps = 0; steps < size; ++steps) {
    if (reached == (1u << size) - 1) return steps;
    unsigned more = reached;
    for (int u = 0; u < size; ++u)
      for (int v = 0; v < size; ++v)
        if (u != v && reached >> u & 1 && dyad_code(code, u, v) != 0) more |= 1u << v;
    reached = more;
  }
  return -1;
}

// The stabilizer chain of the places: each place holds the lowest node of its orbit.
void break_symmetry(Plan& plan) {
  const auto size = static_cast<std::size_t>(plan.size);
  Order place_of{};
  for (std::size_t p = 0; p < size; ++p) place_of[plan.node[p]] = static_cast<std::uint8_t>(p);
  std::vector<Order> group = plan.automorphisms;
  for (std::size_t p = 0; p < size; ++p) {
    for (const Order& moved : group)
      if (const std::size_t q = place_of[moved[plan.node[p]]]; q != p)
        plan.behind[q] = static_cast<std::uint8_t>(plan.behind[q] | 1u << p);
    std::erase_if(group, [&](const Order& moved) { return moved[plan.node[p]] != plan.node[p]; });
  }
}

}  // namespace

Plan plan_for(int size, Code code) {
  Plan plan;
  plan.size = size;
  plan.node = kOrders[0];
  for (std::size_t order = 0; order < n_orders(size); ++order) {
    if (merits(size, code, kOrders[order]) > merits(size, code, plan.node)) plan.node = kOrders[order];
    if (permuted(code, order) == code) plan.automorphisms.push_back(kOrders[order]);
  }
  for (std::size_t p = 0; p < static_cast<std::size_t>(size); ++p)
    for (std::size_t q = 0; q < static_cast<std::size_t>(size); ++q)
      if (p != q) plan.code[p][q] = static_cast<std::uint8_t>(dyad_code(code, plan.node[p], plan.node[q]));
  plan.reach = reach_of(size, code, plan.node[0]);
  if (plan.code[0][1] == 0) plan.anchors = plan.is_connected() ? Plan::Anchors::kOpposite : Plan::Anchors::kAny;
  plan.alike = size == 4 && plan.code[0][2] == plan.code[0][3] && plan.code[1][2] == plan.code[1][3];
  for (std::size_t bit = 0; bit < kMostArcs; ++bit)
    if (code >> bit & 1) plan.arcs.push_back(kArcOfBit[bit]);
  break_symmetry(plan);
  return plan;
}

}  // namespace motifcount
