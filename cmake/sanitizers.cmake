# Sanitizers for the whole build, as a list: -DMOTIFCOUNT_SANITIZE="address;undefined" or "thread".
set(MOTIFCOUNT_SANITIZE "" CACHE STRING "Sanitizers to build with")
if(MOTIFCOUNT_SANITIZE)
  # Little optimization and line tables alone: reports as good, in half the time to build.
  string(REPLACE ";" "," sanitizers "${MOTIFCOUNT_SANITIZE}")
  add_compile_options(-fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer -O1 -g1)
  add_link_options(-fsanitize=${sanitizers})
endif()
