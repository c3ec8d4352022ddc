// Arc lists and compressed rows of any kind, valid or not, against sets of pairs.
#include <algorithm>
#include <set>
#include <vector>

#include "fuzz.hpp"
#include "graph/build.hpp"
#include "graph/csr.hpp"

namespace {

using namespace motifcount;
using fuzz::Bytes;
using test::never;
using Pairs = std::set<std::pair<std::int64_t, std::int64_t>>;

template <class Call>
bool is_refused(Call call) {
  try {
    call();
  } catch (const InvalidGraph& error) {
    REQUIRE(error.what()[0] != '\0');
    return true;
  }
  return false;
}

// The arcs of canonical rows; `node_of` names a row.
template <class Index, class NodeOf>
Pairs pairs_of(const Csr<Index>& csr, NodeOf node_of) {
  REQUIRE(csr.indptr.front() == 0);
  REQUIRE(static_cast<std::size_t>(csr.indptr.back()) == csr.indices.size());
  Pairs pairs;
  for (std::int64_t u = 0; u < csr.view().n_rows(); ++u) {
    const auto row = csr.view().row(u);
    REQUIRE(std::ranges::adjacent_find(row, std::greater_equal{}) == row.end());
    for (const Index v : row) pairs.emplace(node_of(u), node_of(static_cast<std::int64_t>(v)));
  }
  return pairs;
}

template <class Index>
Index read_end(Bytes& bytes) {
  const std::uint8_t byte = bytes.byte();
  return byte < 250 ? static_cast<Index>(byte % 32) : bytes.raw<Index>();
}

template <class Index>
void build_from_arcs(Bytes& bytes) {
  std::vector<Index> src, dst;
  const std::uint8_t kind = bytes.byte();
  const bool keep_all_rows = kind & 1;
  const int offset = bytes.below(64);
  if (kind % 16 == 0) src.push_back(0);
  while (!bytes.empty()) {
    src.push_back(read_end<Index>(bytes));
    dst.push_back(read_end<Index>(bytes));
  }
  // Few nodes; or about as many as make it leave out rows; or very many.
  std::int64_t n_nodes = offset;
  if (kind & 2) n_nodes += (1 << 16) + 8 * static_cast<std::int64_t>(src.size()) - 32;
  else if (kind & 4 && !keep_all_rows) n_nodes = std::numeric_limits<std::int32_t>::max() - offset;

  Pairs expected;
  bool valid = src.size() == dst.size();
  std::int64_t n_loops = 0;
  for (std::size_t k = 0; k < dst.size(); ++k) {
    for (const Index v : {src[k], dst[k]}) valid = valid && v >= 0 && v < n_nodes;
    if (src[k] != dst[k]) expected.emplace(src[k], dst[k]);
    else ++n_loops;
  }
  BuiltGraph<Index> built;
  const bool refused = is_refused([&] {
    built = build_graph<Index, Index>(std::span<const Index>(src), std::span<const Index>(dst), n_nodes, keep_all_rows,
                                      never());
  });
  REQUIRE(refused == !valid);
  if (!valid) return;
  const bool all_rows = built.node_ids.empty();
  if (all_rows && !(expected.empty() && !keep_all_rows)) REQUIRE(built.out.view().n_rows() == n_nodes);
  if (keep_all_rows) REQUIRE(all_rows);
  REQUIRE(std::ranges::is_sorted(built.node_ids));
  REQUIRE(built.n_loops == n_loops);
  REQUIRE(pairs_of(built.out, [&](std::int64_t row) {
            return all_rows ? row : built.node_ids.at(static_cast<std::size_t>(row));
          }) == expected);
}

template <class Index>
void take_rows(Bytes& bytes) {
  std::vector<Index> indptr;
  for (int size = bytes.below(12); size > 0; --size) {
    const std::uint8_t step = bytes.byte();
    const auto before = indptr.empty() ? Index{0} : indptr.back();
    // Mostly a valid pointer after the last one; sometimes any number.
    indptr.push_back(step == 255      ? bytes.raw<Index>()
                     : indptr.empty() ? Index{step == 254}
                                      : static_cast<Index>(before + step % 4));
    if (indptr.back() > 1 << 20 || indptr.back() < 0) break;
  }
  const auto n = static_cast<std::int64_t>(indptr.size()) - 1;
  std::vector<Index> indices;
  std::vector<std::uint8_t> keep;
  const bool right_length = !bytes.flag();
  const std::size_t stored = indptr.empty() || indptr.back() < 0 ? 0 : static_cast<std::size_t>(indptr.back());
  while (right_length && stored < 64 ? indices.size() < stored : !bytes.empty()) {
    const std::uint8_t byte = bytes.byte();
    indices.push_back(byte == 255 ? bytes.raw<Index>() : static_cast<Index>(byte % std::max<std::int64_t>(n, 1)));
    keep.push_back(byte >= 32);
  }

  bool valid = !indptr.empty() && indptr[0] == 0 && std::ranges::is_sorted(indptr) &&
               static_cast<std::size_t>(indptr.back()) == indices.size();
  for (const Index v : indices) valid = valid && v >= 0 && v < n;
  const CsrView<Index> view{indptr, indices};
  bool canonical = false;
  const bool refused = is_refused([&] { canonical = is_canonical(view, n, 1, never()); });
  REQUIRE(refused == !valid);
  if (!valid) return;

  Pairs all, kept;
  std::vector<Index> in(static_cast<std::size_t>(n), 0);
  bool ascending = true;
  for (std::size_t u = 0; u < static_cast<std::size_t>(n); ++u)
    for (auto k = static_cast<std::size_t>(indptr[u]); k < static_cast<std::size_t>(indptr[u + 1]); ++k) {
      const auto v = static_cast<std::size_t>(indices[k]);
      ++in[v];
      ascending = ascending && u != v && (k == static_cast<std::size_t>(indptr[u]) || indices[k - 1] < indices[k]);
      if (u == v) continue;
      all.emplace(u, v);
      if (keep[k]) kept.emplace(u, v);
    }
  REQUIRE(canonical == ascending);
  REQUIRE(in_degrees(view, 3, never()) == in);
  const auto node = [](std::int64_t row) { return row; };
  const Csr<Index> whole = canonical_form(view, {}, never()).out;
  REQUIRE(pairs_of(whole, node) == all);
  REQUIRE(pairs_of(canonical_form(view, keep, never()).out, node) == kept);
  const Csr<Index> reversed = transpose(whole.view(), never());
  Pairs turned;
  for (const auto& [u, v] : all) turned.emplace(v, u);
  REQUIRE(pairs_of(reversed, node) == turned);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  switch (bytes.below(4)) {
    case 0: build_from_arcs<std::int32_t>(bytes); break;
    case 1: build_from_arcs<std::int64_t>(bytes); break;
    case 2: take_rows<std::int32_t>(bytes); break;
    default: take_rows<std::int64_t>(bytes);
  }
  return 0;
}
