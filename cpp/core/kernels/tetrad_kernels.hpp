// The innermost loops of the tetrad census, in the fastest instruction set of the machine, chosen at run time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace motifcount {

// Rows of a bit matrix with three planes: word w of plane x of a row is words[row + 3 * w + x]. One more word can be
// read behind the last.
struct RowPair {
  std::uint32_t first, second;  // rows, or words of theirs
};

// Lists the bits of a word of some rows: `words` has it in row 0, and rows begin at first, first + size, ... before
// end. A bit at k pairs its row with row_at[k]. Returns the number of pairs; kPairsBehind more may be written over.
struct RowRange {
  std::uint32_t first, end, size;
};
inline constexpr std::size_t kPairsBehind = 4;
using ListPairs = std::size_t (*)(const std::uint64_t* words, RowRange rows, const std::uint32_t* row_at,
                                  RowPair* pairs);

// For every word w from 0 on, sums[links[w]][3 * x + y] += the bits that plane x of the first and plane y of the second
// word of a pair share, over the pairs. Without `mutual` plane 2 of the first words is empty.
using CommonBits = std::array<std::uint64_t, 9>;
struct PairList {
  const RowPair* first;
  std::size_t size;
  bool mutual;
};
using AddCommonBits = void (*)(const std::uint64_t* words, PairList pairs, const std::uint8_t* links,
                               std::size_t n_words, CommonBits* sums);

// Hubs are bits of two planes: four words of the first, four of the second, and so on. A batch of hubs fills sixteen.
inline constexpr std::size_t kBatch = 512, kSecondPlane = 4;
constexpr std::size_t plane_word(std::size_t hub) {  // of the first plane; that of the second is kSecondPlane behind
  return 2 * kSecondPlane * (hub / 64 / kSecondPlane) + hub / 64 % kSecondPlane;
}

// Some bits of word `source` and of that in the second plane become bits of a word of a row of the matrix, from `shift`
// on.
struct RowPiece {
  std::uint64_t mask;
  std::uint32_t source, shift;
};

// What is the same for all rows. From `first_word` on a row is filled from pieces.
struct RowLayout {
  const RowPiece* pieces;
  const std::uint32_t* piece_ends;  // of each word: the pieces up to here are of it and those before
  std::size_t first_word, n_words;
  const std::uint8_t* last_link;  // of each word, below 3
  const std::uint64_t* counted;   // of each word, the bits that are counted
};

// Fills planes 0 (the first only), 1 (the second only) and 2 (both) of a row that is empty there, and adds the number
// of bits of plane x that are counted to counts[3 * x + last_link]. Bits at and below `position`, a bit of the row, are
// then taken out. Returns the number of counted bits.
using ExtractRow = std::uint32_t (*)(const std::uint64_t* planes, const RowLayout& layout, std::size_t position,
                                     std::uint64_t* row, std::uint32_t (&counts)[9]);

// Vectors of 16 numbers below 2^15. Products of two of them, added over all vectors, must stay below 2^32.
inline constexpr std::size_t kLanes = 16;
inline constexpr std::size_t kMostVectors = 128;
struct alignas(64) LaneVectors {
  std::uint16_t of[kMostVectors + 4][kLanes];  // what lies behind `size` may be written over
  std::size_t size = 0;
  bool degrees = false;  // whether lanes 9 to 14 hold anything
};

// products[s][t] += the products of the lanes s < 9 and t >= s, over the vectors. The vectors are taken out.
struct LaneProducts {
  std::uint64_t of[9][kLanes];
};
using AddProducts = void (*)(LaneVectors& vectors, LaneProducts& products);

// Sixteen counters of a byte for each of `n` nodes, the last seven of them 0: those of nodes with two or more in all
// are appended to the vectors with 1 in the last lane, the full vectors added to the products, and all counters
// cleared.
using TakeCounters = void (*)(std::uint8_t* counters, std::size_t n, LaneVectors& vectors, LaneProducts& products);

using BatchCounts = std::uint8_t[kBatch];

// For each hub, the number of rows (at most 255) that have its bit in the first plane only, in the second only, or in
// both: counts[0] to counts[2]. Returns a bit for each of the three that is not 0 throughout.
using CountHubs = unsigned (*)(const std::uint64_t* const* rows, std::size_t n, BatchCounts* counts);

// Sums over hubs and batches are those of the lanes and `sums` together.
struct alignas(64) BatchProducts {
  std::uint32_t lanes[9][10][16] = {};  // of products s <= t, and of the counts alone at t = 9
  std::uint64_t sums[9][10] = {};
  std::uint64_t most = 0;  // in a lane
};

// Adds the products of nine counts of each hub, none above kMostShort. Counts s without bit s in `present` are 0.
inline constexpr std::size_t kMostShort = 127, kMostLong = 2047;
using AddBatchProducts = void (*)(const BatchCounts* counts, unsigned present, BatchProducts& products);
// The same for counts up to kMostLong.
using LongBatchCounts = std::uint16_t[kBatch];
using AddLongBatchProducts = void (*)(const LongBatchCounts* counts, BatchProducts& products);

// For what is counted by node. Sums of the sixteen counters of nodes, by their links: an entry is the first counter of
// a node, a multiple of 16, plus a link below 3. At most kMostSummed of them.
inline constexpr std::size_t kMostSummed = 256;
using SumBytes = void (*)(const std::uint8_t* counters, const std::uint32_t* entries, std::size_t n,
                          std::uint16_t (*sums)[kLanes]);
using SumShorts = void (*)(const std::uint16_t* counters, const std::uint32_t* entries, std::size_t n,
                           std::uint32_t (*sums)[kLanes]);
// sums[t] of the t-th numbers of edges, nine of each and the next three; modulo 2^32.
using SumEdges = void (*)(const std::uint32_t* numbers, const std::uint32_t* edges, std::size_t n, std::uint32_t* sums);
// sums[t] of the t-th numbers of rows, kRowNumbers of each.
inline constexpr std::size_t kRowNumbers = 36;
using SumRows = void (*)(const std::int64_t* rows, const std::uint32_t* which, std::size_t n, std::int64_t* sums);

// Columns of motifs with 3 to 6 links, in this order. Those that one link more makes of each: `larger` up to its end,
// one for every link of theirs that may be taken out.
struct OneLinkMore {
  const std::uint16_t* larger;
  const std::uint32_t* ends;
  std::array<std::uint16_t, 5> first;  // of those of 3 links, of 4, of 5, of 6, and behind all
};
// Of four nodes side by side, open counts by column to induced ones; `scratch` holds as many as there are columns.
inline constexpr std::size_t kNodesAtOnce = 4;
struct alignas(32) FourNodes {
  std::int64_t of[kNodesAtOnce];
};
using MakeInduced = void (*)(const OneLinkMore& motifs, FourNodes* columns, FourNodes* scratch);

struct TetradKernels {
  const char* name;
  ListPairs list_pairs;
  AddCommonBits add_common_bits;
  ExtractRow extract_row;  // null where the machine has nothing to extract bits by
  AddProducts add_products;
  TakeCounters take_counters;
  CountHubs count_hubs;
  AddBatchProducts add_batch_products;
  AddLongBatchProducts add_long_batch_products;
  SumBytes sum_bytes;
  SumShorts sum_shorts;
  SumEdges sum_edges;
  SumRows sum_rows;
  MakeInduced make_induced;
  std::size_t batch_cost;  // time that a batch takes, by that of the fastest variant
};

const TetradKernels& tetrad_kernels();

// All variants this machine can run, the portable one first: for tests that hold them against each other.
struct TetradKernelList {
  const TetradKernels* first;
  std::size_t size;
};
TetradKernelList available_tetrad_kernels();

}  // namespace motifcount
