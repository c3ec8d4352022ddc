#include "motifs/roles.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace motifcount {
namespace {

int n_links(Code code, int size) {
  int n = 0;
  for (int v = 0; v < size; ++v)
    for (int u = 0; u < v; ++u) n += dyad_code(code, u, v) != 0;
  return n;
}

}  // namespace

RolesOfFamily::RolesOfFamily(Family family) : family_(data_of(family)) {
  const auto size = static_cast<std::size_t>(family_.size);
  of_.assign(kMostNodes * n_codes(family_.size), kNoRole);
  for (std::size_t k = 0; k < family_.classes.size(); ++k) {
    std::array<std::uint16_t, kMostNodes> role{};
    for (std::size_t u = 0; u < size; ++u) {
      const std::uint8_t first = family_.traits[k].role[u];
      if (first == u) {
        role[u] = static_cast<std::uint16_t>(class_of_.size());
        class_of_.push_back(static_cast<std::uint8_t>(k));
        node_of_.push_back(first);
      } else {
        role[u] = role[first];
      }
    }
    for (std::size_t order = 0; order < n_orders(family_.size); ++order)
      for (std::size_t u = 0; u < size; ++u)
        of_[kMostNodes * permuted(family_.classes[k].code, order) + kOrders[order][u]] = role[u];
  }
  if (class_of_.size() != n_roles(family)) throw std::logic_error("a different number of roles");
  std::vector<std::uint16_t> times(class_of_.size(), 0);
  for (std::size_t role = 0; role < class_of_.size(); ++role) add_contained(role, times);
  std::ranges::sort(by_links_, {}, [&](const ContainedRole& c) {
    return std::tuple(-n_links(code_of(c.larger), family_.size), c.larger, c.smaller);
  });
}

Code RolesOfFamily::code_of(std::size_t role) const { return family_.classes[class_of_[role]].code; }

void RolesOfFamily::add_contained(std::size_t role, std::vector<std::uint16_t>& times) {
  const Code code = code_of(role);
  const auto take = [&](std::vector<ContainedRole>& into) {
    for (std::size_t smaller = 0; smaller < times.size(); ++smaller)
      if (times[smaller] != 0)
        into.push_back({static_cast<std::uint16_t>(role), static_cast<std::uint16_t>(smaller), times[smaller]});
    std::ranges::fill(times, std::uint16_t{0});
  };
  for_each_subset(code, [&](Code subset) {
    if (const std::uint16_t smaller = of(subset, node_of_[role]); smaller != kNoRole) ++times[smaller];
  });
  take(by_arcs_);
  for_each_subset(code, [&](Code subset) {
    for (int v = 0; v < family_.size; ++v)  // whole links only
      for (int u = 0; u < v; ++u)
        if (const unsigned kept = dyad_code(subset, u, v); kept != 0 && kept != dyad_code(code, u, v)) return;
    if (const std::uint16_t smaller = of(subset, node_of_[role]); smaller != kNoRole && subset != code)
      ++times[smaller];
  });
  take(by_links_);
}

const RolesOfFamily& roles_of(Family family) {
  static const auto all = []<std::size_t... F>(std::index_sequence<F...>) {
    return std::array{RolesOfFamily(static_cast<Family>(F))...};
  }(std::make_index_sequence<kFamilies>{});
  return all[static_cast<std::size_t>(family)];
}

}  // namespace motifcount
