#include "motifs/families.hpp"

#include <stdexcept>

namespace motifcount {
namespace {

template <std::size_t N>
struct Derived {
  std::array<ClassTraits, N> traits;
  Containment<N> contained;
};

template <int Size, std::size_t N>
constexpr Derived<N> derive(const std::array<MotifClass, N>& classes) {
  const auto class_of = class_of_code<Size>(classes);
  const auto traits = traits_of<Size>(classes, class_of);
  for (const ClassTraits& of_class : traits)
    if (of_class.reversed == kNoClass) throw std::logic_error("a family has the reversed motif of each of its classes");
  return {traits, contained_in<N>(classes, class_of)};
}

constexpr auto kOfDyads = derive<2>(kDyadClasses);
constexpr auto kOfTriads = derive<3>(kTriadClasses);
constexpr auto kOfLayeredTetrads = derive<4>(kLayeredTetradClasses);

static_assert(n_roles(kOfTriads.traits, 3) == 36);
static_assert(n_roles(std::span(kOfTriads.traits).subspan(k021D), 3) == 30);  // of the connected ones

}  // namespace

const FamilyData& data_of(Family family) {
  static const std::array<FamilyData, kFamilies> data{{
      {"dyads", 2, kDyadClasses, kDyadAliases, kOfDyads.traits, kOfDyads.contained[0].data()},
      {"triads", 3, kTriadClasses, kTriadAliases, kOfTriads.traits, kOfTriads.contained[0].data()},
      {"layered_tetrads",
       4,
       kLayeredTetradClasses,
       {},
       kOfLayeredTetrads.traits,
       kOfLayeredTetrads.contained[0].data()},
      {"tetrads", 4, std::span(kTetradClasses).first<kTetrads>(), kTetradAliases,
       std::span(kTetradTraits).first<kTetrads>(), kTetradsContained[0].data()},
  }};
  return data[static_cast<std::size_t>(family)];
}

}  // namespace motifcount
