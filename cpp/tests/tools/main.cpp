// Runs the tests of the files that are named, or all of the room: nulls_tests test_holes test_cover
//
// --one-thread also checks that no thread was started.
#include <filesystem>
#include <iostream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include "tools/check.hpp"

namespace {

// Threads of OpenMP stay. See the list in CMakeLists.txt.
void check_one_thread() {
  if (const std::filesystem::path threads = "/proc/self/task"; exists(threads))
    CHECK_EQ(std::distance(std::filesystem::directory_iterator(threads), {}), 1);
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv + 1, argv + argc);
  bool one_thread = false;
  std::vector<std::string> files;
  for (const std::string argument : arguments) {
    if (argument == "--one-thread") one_thread = true;
    else files.push_back(argument);
  }
  for (const std::string& file : files)
    if (!check::run_file(file)) {
      std::cerr << "no tests are called " << file << '\n';
      return 1;
    }
  if (files.empty()) check::run_all();
  if (one_thread) check_one_thread();
  return check::summary();
}
