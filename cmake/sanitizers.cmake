# Sanitizers for the whole build, as a list: -DMOTIFCOUNT_SANITIZE="address;undefined" or "thread".
set(MOTIFCOUNT_SANITIZE "" CACHE STRING "Sanitizers to build with")
if(MOTIFCOUNT_SANITIZE)
  # Little optimization and line tables alone: reports as good, in half the time to build. The sizes of objects are left
  # to the address sanitizer, which knows them better: a quarter of what is compiled.
  string(REPLACE ";" "," sanitizers "${MOTIFCOUNT_SANITIZE}")
  add_compile_options(-fsanitize=${sanitizers} -fno-sanitize=object-size -fno-sanitize-recover=all
    -fno-omit-frame-pointer -O1 -g1)
  add_link_options(-fsanitize=${sanitizers})
  set(CMAKE_CXX_COMPILE_OPTIONS_PIE -fPIC)  # of programs as of libraries, so that they can share what is precompiled
endif()

# Parsing the standard library is half of such a build: it is parsed once, for motifcount_core and all that call this. Other
# builds do without, so that every file includes what it uses and ccache knows each.
function(share_standard_headers target)
  if(NOT MOTIFCOUNT_SANITIZE)
    return()
  endif()
  if(target STREQUAL motifcount_core)
    target_precompile_headers(motifcount_core PRIVATE <algorithm> <array> <atomic> <chrono> <functional> <map> <memory>
      <numeric> <optional> <set> <span> <string> <thread> <utility> <variant> <vector>)
  else()
    target_precompile_headers(${target} REUSE_FROM motifcount_core)
  endif()
endfunction()
