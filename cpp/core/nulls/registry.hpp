// The null models by name.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "nulls/null_model.hpp"

namespace motifcount {

// An option by its name, and where it is kept.
struct NullOption {
  std::string_view name;
  std::variant<double NullOptions::*, bool NullOptions::*, std::int64_t NullOptions::*,
               std::vector<double> NullOptions::*>
      field;
};

// A null model as its file presents it: see null_entry.
struct NullEntry {
  template <class Index>
  using Prepare = std::unique_ptr<NullModel> (*)(const GraphView<Index>&, const NullOptions&, std::uint64_t seed,
                                                 int num_threads, Stop&);

  std::string_view name;
  bool has_chain;
  std::vector<NullOption> options;  // those that it takes
  Prepare<std::int32_t> prepare_32;
  Prepare<std::int64_t> prepare_64;
};

// `Model` is made from the arguments of Prepare.
template <class Model>
NullEntry null_entry(std::string_view name, std::vector<NullOption> options) {
  constexpr auto prepare = []<class Index>(const GraphView<Index>& graph, const NullOptions& given, std::uint64_t seed,
                                           int num_threads, Stop& stop) -> std::unique_ptr<NullModel> {
    return std::make_unique<Model>(graph, given, seed, num_threads, stop);
  };
  return {name, Model::kHasChain, std::move(options), prepare, prepare};
}

const std::vector<NullEntry>& null_entries();

// A null model and its options.
struct NullSpec {
  // Throws NotSupported for an unknown name.
  explicit NullSpec(std::string_view name, NullOptions given = {});

  const NullEntry* entry;
  NullOptions options;
};

template <class Index>
std::unique_ptr<NullModel> prepare_null(const GraphView<Index>& graph, const NullSpec& null, std::uint64_t seed,
                                        int num_threads, Stop& stop) {
  if constexpr (std::is_same_v<Index, std::int32_t>)
    return null.entry->prepare_32(graph, null.options, seed, num_threads, stop);
  else return null.entry->prepare_64(graph, null.options, seed, num_threads, stop);
}

// Each in its own file.
NullEntry degree_null();
NullEntry edge_count_null();
NullEntry dyad_count_null();
NullEntry cover_null();
NullEntry n_of_m_null();

}  // namespace motifcount
