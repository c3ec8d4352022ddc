#include <immintrin.h>

#include "kernels/bit_kernels_isa.hpp"

namespace motifcount::avx512 {

std::uint64_t pair_sum(const std::uint64_t* row, const std::uint64_t* rows, std::size_t n_rows, std::size_t stride,
                       std::size_t n_words) {
  if (n_words == 0) return 0;  // there may be no array
  const std::size_t full = n_words / 8;
  const __mmask8 tail = static_cast<__mmask8>((1u << (n_words % 8)) - 1);
  std::uint64_t total = 0;
  for (std::size_t r = 0; r < n_rows; ++r, rows += stride) {
    __m512i sums = _mm512_popcnt_epi64(_mm512_and_si512(_mm512_maskz_loadu_epi64(tail, row + 8 * full),
                                                        _mm512_maskz_loadu_epi64(tail, rows + 8 * full)));
    for (std::size_t w = 0; w < full; ++w)
      sums = _mm512_add_epi64(sums, _mm512_popcnt_epi64(_mm512_and_si512(_mm512_loadu_si512(row + 8 * w),
                                                                         _mm512_loadu_si512(rows + 8 * w))));
    const auto common = static_cast<std::uint64_t>(_mm512_reduce_add_epi64(sums));
    total += common * (common - 1) / 2;
  }
  return total;
}

namespace {

// The pairs of words at address_of(0), ..., address_of(3). Loads and shuffles take half the time of gathers (Zen 4).
template <class AddressOf>
inline __m512i four_pairs(AddressOf address_of) {
  const auto pair = [&](std::size_t k) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(address_of(k))); };
  const __m256i low = _mm256_inserti128_si256(_mm256_castsi128_si256(pair(0)), pair(1), 1);
  const __m256i high = _mm256_inserti128_si256(_mm256_castsi128_si256(pair(2)), pair(3), 1);
  return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}

// Element k of the result is the sum of the elements of parts[k].
inline __m512i eight_sums(const __m512i* parts) {
  const auto pair = [&](std::size_t k) {  // halves of two sums, by blocks of 128 bits
    return _mm512_add_epi64(_mm512_unpacklo_epi64(parts[k], parts[k + 1]),
                            _mm512_unpackhi_epi64(parts[k], parts[k + 1]));
  };
  const auto join = [](__m512i a, __m512i b) {  // neighbouring blocks are added
    return _mm512_add_epi64(_mm512_shuffle_i64x2(a, b, 0x88), _mm512_shuffle_i64x2(a, b, 0xdd));
  };
  return join(join(pair(0), pair(2)), join(pair(4), pair(6)));
}

// Eight words of v, where u has its words from k on: those that arcs of v lead to only, that they come from only, or
// both.
[[gnu::always_inline]] inline void planes_of(const SparsePlanes& u, std::size_t k, const PlaneRow& v,
                                             __m512i (&planes)[3]) {
  const __m512i evens = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14);
  const __m512i odds = _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15);
  const __m512i index = _mm512_loadu_si512(u.index + k);
  const __mmask8 there = _mm512_cmplt_epu64_mask(index, _mm512_set1_epi64(static_cast<long long>(v.n_words)));
  const auto address_of = [&](std::size_t j) {  // for what lies beyond, some that is there
    return v.words + 2 * (u.index[j] < v.n_words ? u.index[j] : v.n_words - 1);
  };
  const __m512i first = four_pairs([&](std::size_t j) { return address_of(k + j); });
  const __m512i second = four_pairs([&](std::size_t j) { return address_of(k + 4 + j); });
  const __m512i out = _mm512_maskz_permutex2var_epi64(there, first, evens, second);
  const __m512i in = _mm512_maskz_permutex2var_epi64(there, first, odds, second);
  planes[0] = _mm512_andnot_si512(in, out);
  planes[1] = _mm512_andnot_si512(out, in);
  planes[2] = _mm512_and_si512(out, in);
}

// sums[c] += the number of w, lane by lane, that are in a triangle of class c with u and v. Called, it would keep the
// sums in memory.
template <std::size_t Uv>
[[gnu::always_inline]] inline void add_row(const SparsePlanes& u, const PlaneRow& v, __m512i (&sums)[kClosedLanes]) {
  for (std::size_t k = 0; u.index[k] < v.n_words; k += 8) {
    __m512i planes[3];
    planes_of(u, k, v, planes);
    const __m512i none = _mm512_setzero_si512();
    __m512i bits[kClosedLanes] = {none, none, none, none, none, none, none, none};
    for (std::size_t x = 0; x < 3; ++x)
      for (std::size_t y = 0; y < 3; ++y) {
        __m512i& of_class = bits[kClosed.at[Uv][x][y]];
        of_class = _mm512_or_si512(of_class, _mm512_and_si512(_mm512_loadu_si512(u.of_code[x] + k), planes[y]));
      }
    for (std::size_t c = 0; c < kClosedTriads; ++c) sums[c] = _mm512_add_epi64(sums[c], _mm512_popcnt_epi64(bits[c]));
  }
}

template <std::size_t Uv>
void add_rows(const SparsePlanes& u, const PlaneRows& rows, std::uint64_t* counts) {
  const __m512i none = _mm512_setzero_si512();
  __m512i sums[kClosedLanes] = {none, none, none, none, none, none, none, none};
  for (const PlaneRow* v = rows.first; v != rows.first + rows.size; ++v) add_row<Uv>(u, *v, sums);
  _mm512_storeu_si512(counts, _mm512_add_epi64(_mm512_loadu_si512(counts), eight_sums(sums)));
}

inline void add_at(std::uint32_t* counts, __m256i more) {
  __m256i* const at = reinterpret_cast<__m256i*>(counts);
  _mm256_storeu_si256(at, _mm256_add_epi32(_mm256_loadu_si256(at), more));
}
inline void add_at(std::uint32_t* counts, const std::uint8_t* eight) {
  add_at(counts, _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(eight))));
}

template <std::size_t Uv>
void add_at_rows(const SparsePlanes& u, const PlaneRows& rows, ClosedCounts* by_position) {
  const __m512i none = _mm512_setzero_si512();
  for (std::size_t r = 0; r < rows.size; ++r) {
    __m512i sums[kClosedLanes] = {none, none, none, none, none, none, none, none};
    add_row<Uv>(u, rows.first[r], sums);
    add_at(by_position[rows.first[r].position].of, _mm512_cvtepi64_epi32(eight_sums(sums)));
  }
}

// Of eight pairs of words: byte 8 j + r is byte j of word `plane` of pair r.
struct ByteOrder {
  std::uint8_t at[64];
};
constexpr ByteOrder byte_order(std::uint8_t plane) {
  ByteOrder order{};
  for (std::uint8_t k = 0; k < 64; ++k) order.at[k] = static_cast<std::uint8_t>(16 * (k % 8) + 8 * plane + k / 8);
  return order;
}

// Word `plane` of eight pairs turned: byte b holds bit b of each of them.
template <std::uint8_t Plane>
inline __m512i turned(__m512i first, __m512i second) {
  static constexpr ByteOrder order = byte_order(Plane);
  const __m512i by_byte = _mm512_permutex2var_epi8(first, _mm512_loadu_si512(order.at), second);
  const __m512i unit = _mm512_set1_epi64(static_cast<long long>(0x8040201008040201));  // turns 8 by 8 bits
  return _mm512_gf2p8affine_epi64_epi8(unit, by_byte, 0);
}

// A counter of a byte for every bit of word `index`: how many of the first n rows have it in one of their planes. Eight
// rows are turned, of the others a word is a mask over 64 counters.
inline void count_in_columns(std::uint64_t index, const PlaneRow* rows, std::size_t n, __m512i (&planes)[3]) {
  const __m512i one = _mm512_set1_epi8(1);
  __m512i out = _mm512_setzero_si512(), in = out, both = out;
  std::size_t r = 0;
  for (; r + 8 <= n; r += 8) {
    const __m512i first = four_pairs([&](std::size_t j) { return rows[r + j].words + 2 * index; });
    const __m512i second = four_pairs([&](std::size_t j) { return rows[r + 4 + j].words + 2 * index; });
    const __m512i outs = turned<0>(first, second), ins = turned<1>(first, second);
    out = _mm512_add_epi8(out, _mm512_popcnt_epi8(outs));
    in = _mm512_add_epi8(in, _mm512_popcnt_epi8(ins));
    both = _mm512_add_epi8(both, _mm512_popcnt_epi8(_mm512_and_si512(outs, ins)));
  }
  for (; r < n; ++r) {
    const std::uint64_t outs = rows[r].words[2 * index];
    const std::uint64_t ins = rows[r].words[2 * index + 1];
    out = _mm512_mask_add_epi8(out, outs, out, one);
    in = _mm512_mask_add_epi8(in, ins, in, one);
    both = _mm512_mask_add_epi8(both, outs & ins, both, one);
  }
  planes[0] = _mm512_sub_epi8(out, both);
  planes[1] = _mm512_sub_epi8(in, both);
  planes[2] = both;
}

// of_class[c] += the v of the first n rows that are in a triangle of class c with u and the w of the bit.
template <std::size_t Uv>
inline void add_column(const SparsePlanes& u, std::size_t k, const PlaneRow* rows, std::size_t n,
                       __m512i (&of_class)[kClosedLanes]) {
  __m512i planes[3];
  count_in_columns(u.index[k], rows, n, planes);
  for (std::size_t x = 0; x < 3; ++x)
    for (std::size_t y = 0; y < 3; ++y) {
      __m512i& counters = of_class[kClosed.at[Uv][x][y]];
      counters = _mm512_mask_add_epi8(counters, u.of_code[x][k], counters, planes[y]);
    }
}

// Eight rows of 64 bytes to 64 columns of eight: column b begins at byte column_at(b).
inline void turn(const __m512i (&rows)[8], std::uint8_t* columns) {
  __m512i by_two[8], by_four[8];
  for (std::size_t j = 0; j < 4; ++j) {
    by_two[j] = _mm512_unpacklo_epi8(rows[2 * j], rows[2 * j + 1]);
    by_two[4 + j] = _mm512_unpackhi_epi8(rows[2 * j], rows[2 * j + 1]);
  }
  for (std::size_t half = 0; half < 2; ++half)
    for (std::size_t j = 0; j < 2; ++j) {
      by_four[4 * half + j] = _mm512_unpacklo_epi16(by_two[4 * half + 2 * j], by_two[4 * half + 2 * j + 1]);
      by_four[4 * half + 2 + j] = _mm512_unpackhi_epi16(by_two[4 * half + 2 * j], by_two[4 * half + 2 * j + 1]);
    }
  for (std::size_t quarter = 0; quarter < 4; ++quarter) {
    _mm512_storeu_si512(columns + 128 * quarter, _mm512_unpacklo_epi32(by_four[2 * quarter], by_four[2 * quarter + 1]));
    _mm512_storeu_si512(columns + 128 * quarter + 64,
                        _mm512_unpackhi_epi32(by_four[2 * quarter], by_four[2 * quarter + 1]));
  }
}
inline std::size_t column_at(std::size_t b) { return (b & 14) << 5 | (b & 48) | (b & 1) << 3; }

inline std::uint64_t bits_of_word(const SparsePlanes& u, std::size_t k) {
  return u.of_code[0][k] | u.of_code[1][k] | u.of_code[2][k];
}

// visit(k, numbers of rows by code that reach the word) for the words of u that some row reaches.
template <class Visit>
inline void for_each_word(const SparsePlanes& u, const RowsByCode& rows, Visit visit) {
  std::size_t n[4] = {0, rows.of[1].size, rows.of[2].size, rows.of[3].size};
  for (std::size_t k = 0;; ++k) {
    for (std::size_t uv = 1; uv < 4; ++uv)
      while (n[uv] > 0 && rows.of[uv].first[n[uv] - 1].n_words <= u.index[k]) --n[uv];
    if (n[1] + n[2] + n[3] == 0) return;
    visit(k, n);
  }
}

}  // namespace

void add_triangles(const SparsePlanes& u, const RowsByCode& rows, std::uint64_t (&counts)[kClosedLanes]) {
  add_rows<1>(u, rows.of[1], counts);
  add_rows<2>(u, rows.of[2], counts);
  add_rows<3>(u, rows.of[3], counts);
}

void add_triangles_by_node(const SparsePlanes& u, const RowsByCode& rows, ClosedCounts* by_position) {
  add_at_rows<1>(u, rows.of[1], by_position);
  add_at_rows<2>(u, rows.of[2], by_position);
  add_at_rows<3>(u, rows.of[3], by_position);
  const __m512i none = _mm512_setzero_si512();
  for_each_word(u, rows, [&](std::size_t k, const std::size_t (&n)[4]) {
    __m512i of_class[kClosedLanes] = {none, none, none, none, none, none, none, none};
    if (n[1]) add_column<1>(u, k, rows.of[1].first, n[1], of_class);
    if (n[2]) add_column<2>(u, k, rows.of[2].first, n[2], of_class);
    if (n[3]) add_column<3>(u, k, rows.of[3].first, n[3], of_class);
    std::uint8_t columns[64 * kClosedLanes];
    turn(of_class, columns);
    for (std::uint64_t all = bits_of_word(u, k); all != 0; all &= all - 1)
      add_at(by_position++->of, columns + column_at(static_cast<std::size_t>(__builtin_ctzll(all))));
  });
}

namespace {

// Nine sums of one row: those of eight places at a time, and of the last.
void add_links(const SparsePlanes& u, const PlaneRow& v, LinkCounts& counts) {
  const __m512i none = _mm512_setzero_si512();
  __m512i sums[8] = {none, none, none, none, none, none, none, none}, last = none;
  for (std::size_t k = 0; u.index[k] < v.n_words; k += 8) {
    __m512i planes[3];
    planes_of(u, k, v, planes);
    for (std::size_t x = 0; x < 3; ++x) {
      const __m512i of_u = _mm512_loadu_si512(u.of_code[x] + k);
      for (std::size_t y = 0; y < 3; ++y) {
        __m512i& sum = 3 * x + y < 8 ? sums[3 * x + y] : last;
        sum = _mm512_add_epi64(sum, _mm512_popcnt_epi64(_mm512_and_si512(of_u, planes[y])));
      }
    }
  }
  add_at(counts.of, _mm512_cvtepi64_epi32(eight_sums(sums)));
  counts.of[8] += static_cast<std::uint32_t>(_mm512_reduce_add_epi64(last));
}

}  // namespace

void add_triangles_by_link(const SparsePlanes& u, const RowsByCode& rows, LinkCounts* by_position) {
  for (std::size_t uv = 1; uv < 4; ++uv)
    for (std::size_t r = 0; r < rows.of[uv].size; ++r) {
      const PlaneRow& v = rows.of[uv].first[r];
      add_links(u, v, by_position[v.position]);
    }
  for_each_word(u, rows, [&](std::size_t k, const std::size_t (&n)[4]) {
    __m512i of_link[3][3];
    for (std::size_t uv = 1; uv < 4; ++uv) {
      __m512i planes[3];
      count_in_columns(u.index[k], rows.of[uv].first, n[uv], planes);
      for (std::size_t y = 0; y < 3; ++y) of_link[uv - 1][kSeenBack[y]] = planes[y];
    }
    const __m512i eight[8] = {of_link[0][0], of_link[0][1], of_link[0][2], of_link[1][0],
                              of_link[1][1], of_link[1][2], of_link[2][0], of_link[2][1]};
    std::uint8_t columns[64 * 8], last[64];
    turn(eight, columns);
    _mm512_storeu_si512(last, of_link[2][2]);
    for (std::uint64_t all = bits_of_word(u, k); all != 0; all &= all - 1) {
      const auto bit = static_cast<std::size_t>(__builtin_ctzll(all));
      by_position->of[8] += last[bit];
      add_at(by_position++->of, columns + column_at(bit));
    }
  });
}

}  // namespace motifcount::avx512
