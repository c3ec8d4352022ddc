// Counts of the core as tables of NumPy.
#pragma once

#include <pybind11/pybind11.h>

#include "count.hpp"
#include "motifs/family_set.hpp"

namespace motifcount::bindings {

// An array of each of some families, in their order: a row for the whole graph, or by block.
pybind11::tuple count_tables(const MotifCounts& counts, FamilySet families);

}  // namespace motifcount::bindings
