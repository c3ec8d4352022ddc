#include "motifs/kinds.hpp"

#include <limits>

#include "support/types.hpp"

namespace motifcount {
namespace {

constexpr std::uint16_t kUnknown = std::numeric_limits<std::uint16_t>::max();

// visit(k, bit) for the arcs of a code, counted from 0.
template <class Visit>
void for_each_arc(Code code, Visit visit) {
  std::size_t k = 0;
  for (std::size_t bit = 0; bit < kMostArcs; ++bit)
    if (code >> bit & 1) visit(k++, bit);
}

}  // namespace

KindedFamily::KindedFamily(Family family, std::size_t n_kinds) : family_(family), states_(n_kinds) {
  const FamilyData& data = data_of(family);
  const std::size_t n_pairs = data.size == 2 ? 1 : 3;
  std::size_t n_codes_of_pairs = 1;
  for (std::size_t p = 0; p < n_pairs; ++p) n_codes_of_pairs *= states_.size();
  class_of_.assign(n_codes_of_pairs, kUnknown);
  for (std::size_t plain = 0; plain < data.classes.size(); ++plain) {
    std::size_t n_ways = 1;
    for_each_arc(data.classes[plain].code, [&](std::size_t, std::size_t) { n_ways *= n_kinds; });
    for (std::size_t way = 0; way < n_ways; ++way) {
      KindedClass found{static_cast<std::uint8_t>(plain), {}};
      std::size_t rest = way;
      for_each_arc(data.classes[plain].code, [&](std::size_t k, std::size_t) {
        found.kinds[k] = static_cast<std::uint8_t>(rest % n_kinds);
        rest /= n_kinds;
      });
      const Kinds kinds = kinds_of(found);
      if (class_of(kinds) != kUnknown) continue;
      for (std::size_t order = 0; order < n_orders(data.size); ++order) {
        Kinds moved{};
        for (std::size_t u = 0; u < 3; ++u)
          for (std::size_t v = 0; v < 3; ++v) moved[kOrders[order][u]][kOrders[order][v]] = kinds[u][v];
        const auto state = [&](std::size_t u, std::size_t v) { return states_.of(moved[u][v], moved[v][u]); };
        class_of_[state(0, 1) + states_.size() * (state(0, 2) + states_.size() * state(1, 2))] =
            static_cast<std::uint16_t>(classes_.size());
      }
      classes_.push_back(found);
    }
  }
}

std::size_t KindedFamily::class_of(const Kinds& kinds) const {
  const auto state = [&](std::size_t u, std::size_t v) { return states_.of(kinds[u][v], kinds[v][u]); };
  return class_of(state(0, 1), state(0, 2), state(1, 2));
}

KindedFamily::Kinds KindedFamily::kinds_of(const KindedClass& of_class) const {
  Kinds kinds{};
  for_each_arc(data_of(family_).classes[of_class.plain].code, [&](std::size_t k, std::size_t bit) {
    kinds[kArcOfBit[bit].source][kArcOfBit[bit].target] = of_class.kinds[k] + std::size_t{1};
  });
  return kinds;
}

std::array<std::size_t, 3> KindedFamily::pairs(std::size_t k) const {
  const Kinds kinds = kinds_of(classes_[k]);
  const auto state = [&](std::size_t u, std::size_t v) { return states_.of(kinds[u][v], kinds[v][u]); };
  return {state(0, 1), state(0, 2), state(1, 2)};
}

std::vector<std::size_t> KindedFamily::contained_in(std::size_t k) const {
  std::vector<std::size_t> found;
  const Kinds kinds = kinds_of(classes_[k]);
  for_each_subset(data_of(family_).classes[classes_[k].plain].code, [&](Code subset) {
    Kinds left{};
    for_each_arc(subset, [&](std::size_t, std::size_t bit) {
      const auto [u, v] = kArcOfBit[bit];
      left[u][v] = kinds[u][v];
    });
    found.push_back(class_of(left));
  });
  return found;
}

const KindedFamily& kinded_family(Family family, std::size_t n_kinds) {
  if (family != Family::kDyad && family != Family::kTriad)
    throw NotSupported("family: only dyads and triads have tables of classes by kind");
  static const std::array<KindedFamily, kMostKinds> dyads{
      KindedFamily{Family::kDyad, 1}, {Family::kDyad, 2}, {Family::kDyad, 3}, {Family::kDyad, 4}};
  static const std::array<KindedFamily, kMostKinds> triads{
      KindedFamily{Family::kTriad, 1}, {Family::kTriad, 2}, {Family::kTriad, 3}, {Family::kTriad, 4}};
  return (family == Family::kDyad ? dyads : triads).at(n_kinds - 1);
}

}  // namespace motifcount
