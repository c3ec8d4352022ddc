# The first clang of this machine, under whichever name its package gave it.
find_program(CMAKE_CXX_COMPILER NAMES clang++ clang++-14 clang++-15 clang++-16 clang++-17 clang++-18 clang++-19 REQUIRED)
