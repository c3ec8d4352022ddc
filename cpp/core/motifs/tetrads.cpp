#include "motifs/tetrads.hpp"

#include <algorithm>
#include <bit>
#include <span>

namespace motifcount {
namespace {

// Sum of 2^(4 i + j) over the arcs i -> j, of every code.
constexpr std::array<std::uint16_t, kTetradCodes> kAdjacency = [] {
  std::array<std::uint16_t, kTetradCodes> table{};
  for (std::size_t code = 1; code < kTetradCodes; ++code) {
    const MotifArc arc = kArcOfBit[static_cast<std::size_t>(std::countr_zero(code))];
    table[code] = static_cast<std::uint16_t>(table[code & (code - 1)] | 1u << (4 * arc.source + arc.target));
  }
  return table;
}();

struct Numbered {
  std::uint16_t number;
  Code code;  // its arcs are the bits of the number
};

// Of all motifs with the same arcs in another order, the one of the lowest number.
constexpr Numbered lowest(Code code) {
  Numbered best{kAdjacency[code], code};
  for (std::size_t order = 1; order < kMostOrders; ++order)
    if (const Code other = permuted(code, order); kAdjacency[other] < best.number) best = {kAdjacency[other], other};
  return best;
}

constexpr std::array<Numbered, kAllTetrads> kNumbered = [] {
  std::array<Numbered, kAllTetrads> classes{};
  std::array<bool, kTetradCodes> seen{};
  std::size_t n = 0;
  for (std::size_t code = 0; code < kTetradCodes; ++code) {
    if (seen[code]) continue;
    for (std::size_t order = 0; order < kMostOrders; ++order) seen[permuted(static_cast<Code>(code), order)] = true;
    classes[n++] = lowest(static_cast<Code>(code));
  }
  if (n != kAllTetrads) throw "a different number of classes";
  const auto last_connected =
      std::partition(classes.begin(), classes.end(), [](const Numbered& c) { return is_connected(c.code, 4); });
  std::ranges::sort(classes.begin(), last_connected, {}, &Numbered::number);
  std::ranges::sort(last_connected, classes.end(), {}, &Numbered::number);
  return classes;
}();

// Decimal digits of the numbers.
struct Digits {
  std::array<char, 5> text{};
  std::size_t size = 0;
};
constexpr std::array<Digits, kAllTetrads> kDigits = [] {
  std::array<Digits, kAllTetrads> digits{};
  for (std::size_t k = 0; k < kAllTetrads; ++k) {
    Digits& d = digits[k];
    unsigned rest = kNumbered[k].number;
    do {
      d.text[d.size++] = static_cast<char>('0' + rest % 10);
    } while ((rest /= 10) > 0);
    std::reverse(d.text.begin(), d.text.begin() + d.size);
  }
  return digits;
}();

constexpr std::string_view number_text(std::size_t k) { return {kDigits[k].text.data(), kDigits[k].size}; }

constexpr std::size_t class_with_number(std::uint16_t number) {
  return static_cast<std::size_t>(std::ranges::find(kNumbered, number, &Numbered::number) - kNumbered.begin());
}

}  // namespace

constexpr std::array<MotifClass, kAllTetrads> kTetradClasses = [] {
  std::array<MotifClass, kAllTetrads> classes{};
  for (std::size_t k = 0; k < kAllTetrads; ++k) classes[k] = {number_text(k), kNumbered[k].code};
  for (const MotifClass& layered : kLayeredTetradClasses)
    classes[class_with_number(lowest(layered.code).number)] = layered;
  return classes;
}();

constexpr std::array<Alias, kLayeredTetrads> kTetradAliases = [] {
  std::array<Alias, kLayeredTetrads> aliases{};
  for (std::size_t k = 0; k < kLayeredTetrads; ++k)
    aliases[k] = {number_text(class_with_number(lowest(kLayeredTetradClasses[k].code).number)),
                  kLayeredTetradClasses[k].name};
  return aliases;
}();

constexpr std::array<std::uint16_t, kAllTetrads> kTetradNumbers = [] {
  std::array<std::uint16_t, kAllTetrads> numbers{};
  for (std::size_t k = 0; k < kAllTetrads; ++k) numbers[k] = kNumbered[k].number;
  return numbers;
}();

constexpr std::array<std::uint8_t, kTetradCodes> kTetradOfCode = class_of_code<4>(kTetradClasses);

constexpr Containment<kTetrads> kTetradsContained = contained_in<kTetrads>(kTetradClasses, kTetradOfCode);

constexpr std::array<ClassTraits, kAllTetrads> kTetradTraits = traits_of<4>(kTetradClasses, kTetradOfCode);

namespace {

constexpr auto kConnected = std::span(kTetradClasses).first<kTetrads>();

// Degrees without direction, in ascending order: they tell the connected skeletons apart.
constexpr std::array<int, 4> degrees_of(Code code) {
  std::array<int, 4> degrees{};
  for (int u = 0; u < 4; ++u)
    for (int v = 0; v < 4; ++v) degrees[static_cast<std::size_t>(u)] += u != v && dyad_code(code, u, v) != 0;
  std::ranges::sort(degrees);
  return degrees;
}

constexpr int with_degrees(std::array<int, 4> degrees) {
  return static_cast<int>(
      std::ranges::count_if(kConnected, [&](const MotifClass& c) { return degrees_of(c.code) == degrees; }));
}

static_assert(std::ranges::all_of(kConnected, [](const MotifClass& c) { return is_connected(c.code, 4); }));
static_assert(std::ranges::none_of(std::span(kTetradClasses).subspan<kTetrads>(),
                                   [](const MotifClass& c) { return is_connected(c.code, 4); }));
static_assert(with_degrees({1, 1, 1, 3}) == 10);  // claw
static_assert(with_degrees({1, 1, 2, 2}) == 15);  // path
static_assert(with_degrees({1, 2, 2, 3}) == 45);  // paw
static_assert(with_degrees({2, 2, 2, 2}) == 15);  // cycle
static_assert(with_degrees({2, 2, 3, 3}) == 72);  // diamond
static_assert(with_degrees({3, 3, 3, 3}) == 42);  // K4

static_assert(n_roles(std::span(kTetradTraits).first<kTetrads>(), 4) == 697);
static_assert(n_roles(kTetradTraits, 4) == 752);

static_assert([] {
  int labelled = 0;
  for (std::size_t k = 0; k < kAllTetrads; ++k) {
    const ClassTraits& traits = kTetradTraits[k];
    labelled += traits.labelled;
    if (kTetradTraits[traits.reversed].reversed != k || kTetradTraits[traits.complement].complement != k) return false;
    if (k < kTetrads && kTetradsContained[k][k] != 1) return false;
  }
  return labelled == int{kTetradCodes};
}());

static_assert(kTetradNumbers[0] == 14 && kTetradNumbers[kTetrads - 1] == 31710);
static_assert(kTetradAliases[kBifan].alias == "204" && kTetradAliases[kBiparallel].alias == "904" &&
              kTetradAliases[kChain4].alias == "328");

}  // namespace
}  // namespace motifcount
