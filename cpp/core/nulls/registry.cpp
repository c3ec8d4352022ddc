#include "nulls/registry.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace motifcount {

const std::vector<NullEntry>& null_entries() {
  static const std::vector<NullEntry> entries{degree_null(), edge_count_null(), dyad_count_null(), cover_null(),
                                              n_of_m_null()};
  return entries;
}

NullSpec::NullSpec(std::string_view name, NullOptions given) : options(std::move(given)) {
  const auto found = std::ranges::find(null_entries(), name, &NullEntry::name);
  if (found == null_entries().end()) throw NotSupported("null=\"" + std::string(name) + "\" is unknown");
  entry = &*found;
}

}  // namespace motifcount
