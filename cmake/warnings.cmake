# Warnings of our own targets; errors only where MOTIFCOUNT_WERROR asks for it (CI).
option(MOTIFCOUNT_WERROR "Treat warnings as errors" OFF)
add_library(motifcount_warnings INTERFACE)
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
  target_compile_options(motifcount_warnings INTERFACE
    -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion $<$<BOOL:${MOTIFCOUNT_WERROR}>:-Werror>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)  # gcc 12 sees overlaps in its own strings (its bug 105651)
endif()
