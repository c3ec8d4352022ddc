// A tiny test harness: checks count themselves, print what went wrong, and go on.
//
// A file of tests is a few functions in a namespace of its name, and at its end
//     const check::Tests tests(__FILE__, [] { RUN(of_one_thing); RUN(of_another); });
// The files of a room are one program (main.cpp), compiled as one.
#pragma once

#include <concepts>
#include <cstdint>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>

namespace check {

__extension__ typedef __int128 Wide;

struct Tally {
  std::int64_t checks = 0;
  std::int64_t failures = 0;
};
inline Tally tally;
inline constexpr std::int64_t kPrintedFailures = 25;  // of one program; the others are only counted

template <class T>
concept Integer = std::integral<T> || std::same_as<T, Wide>;

inline std::string to_text(Wide value) {
  std::string digits;
  for (Wide rest = value; rest != 0 || digits.empty(); rest /= 10)
    digits.insert(digits.begin(), static_cast<char>('0' + (rest < 0 ? -(rest % 10) : rest % 10)));
  return value < 0 ? '-' + digits : digits;
}

template <class T>
std::string show(const T& value) {
  if constexpr (std::same_as<T, bool>) return value ? "true" : "false";
  else if constexpr (Integer<T>) return to_text(static_cast<Wide>(value));
  else if constexpr (std::is_enum_v<T>) return to_text(static_cast<Wide>(value));
  else if constexpr (std::floating_point<T>) return std::to_string(value);
  else if constexpr (std::convertible_to<T, std::string_view>) return std::string(std::string_view(value));
  else if constexpr (std::ranges::input_range<T>) {
    std::string text = "[";
    for (const auto& item : value) {
      if (text.size() > 1) text += ", ";
      if (text.size() > 400) return text + "...]";
      text += show(item);
    }
    return text + "]";
  } else if constexpr (requires {
                         value.first;
                         value.second;
                       }) {
    return "(" + show(value.first) + ", " + show(value.second) + ")";
  } else if constexpr (requires {
                         value.source;
                         value.target;
                       }) {
    return show(value.source) + " -> " + show(value.target);
  } else return "?";
}

// Integers of different types are compared by value.
template <class A, class B>
bool equal(const A& a, const B& b) {
  if constexpr (Integer<A> && Integer<B>) return static_cast<Wide>(a) == static_cast<Wide>(b);
  else return a == b;
}

inline void record(bool good, const char* file, int line, std::string_view what) {
  ++tally.checks;
  if (good) return;
  if (++tally.failures <= kPrintedFailures) std::cerr << file << ':' << line << ": " << what << '\n';
}

template <class A, class B>
void record_equal(const A& a, const B& b, const char* file, int line, std::string_view text) {
  if (equal(a, b)) record(true, file, line, {});
  else record(false, file, line, std::string(text) + "\n    left:  " + show(a) + "\n    right: " + show(b));
}

template <class Exception, class Call>
void record_throws(Call call, const char* file, int line, std::string_view text) {
  std::string seen = "nothing was thrown";
  try {
    call();
  } catch (const Exception&) {
    record(true, file, line, {});
    return;
  } catch (const std::exception& error) {
    seen = std::string("thrown instead: ") + error.what();
  }
  record(false, file, line, std::string(text) + ": " + seen);
}

inline void run(const char* name, void (*test)()) {
  const std::int64_t before = tally.failures;
  try {
    test();
  } catch (const std::exception& error) {
    record(false, name, 0, std::string("unexpected exception: ") + error.what());
  }
  if (tally.failures > before) std::cerr << name << ": " << tally.failures - before << " failed\n";
}

// The tests of each file, by its name without folder and ending.
inline std::map<std::string, void (*)(), std::less<>> tests_by_file;

struct Tests {
  Tests(std::string_view path, void (*run_all)()) {
    const std::string_view file = path.substr(path.find_last_of("/\\") + 1);
    tests_by_file.emplace(file.substr(0, file.find('.')), run_all);
  }
};

inline bool run_file(std::string_view file) {
  const auto found = tests_by_file.find(file);
  if (found == tests_by_file.end()) return false;
  found->second();
  return true;
}

inline void run_all() {
  for (const auto& [file, run] : tests_by_file) run();
}

inline int summary() {
  std::cout << tally.checks << " checks, " << tally.failures << " failed\n";
  return tally.failures == 0 && tally.checks > 0 ? 0 : 1;
}

}  // namespace check

#define RUN(test) check::run(#test, test)
#define CHECK(condition) check::record(static_cast<bool>(condition), __FILE__, __LINE__, #condition)
#define CHECK_EQ(a, b) check::record_equal((a), (b), __FILE__, __LINE__, #a " == " #b)
#define CHECK_THROWS(Exception, ...) \
  check::record_throws<Exception>([&] { __VA_ARGS__; }, __FILE__, __LINE__, "throws " #Exception ": " #__VA_ARGS__)
