# Sanitizers for the whole build, as a list: -DMOTIFCOUNT_SANITIZE="address;undefined" or "thread".
set(MOTIFCOUNT_SANITIZE "" CACHE STRING "Sanitizers to build with")
if(MOTIFCOUNT_SANITIZE)
  string(REPLACE ";" "," sanitizers "${MOTIFCOUNT_SANITIZE}")
  add_compile_options(-fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer -g)
  add_link_options(-fsanitize=${sanitizers})
endif()
