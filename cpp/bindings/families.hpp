// Families of motif classes by their names.
#pragma once

#include <string>
#include <vector>

#include "motifs/family_set.hpp"

namespace motifcount::bindings {

// Throws std::invalid_argument for an unknown name.
FamilySet family_set(const std::vector<std::string>& names);

}  // namespace motifcount::bindings
