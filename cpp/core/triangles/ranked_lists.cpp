#include "triangles/ranked_lists.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "graph/degree_ranks.hpp"

namespace motifcount {
namespace {

constexpr std::int64_t kArcsPerTask = 1 << 14;
constexpr std::int64_t kArcsPerCounter = 2;  // that make a worker's own counter of a list worth while

// Cuts [0, n_rows) into runs of about `n` entries each, where offset(row) entries lie before a row.
template <class Offset>
std::vector<std::size_t> cut_rows(std::size_t n_rows, std::int64_t n, Offset offset) {
  const auto first_row_after = [&](std::int64_t entries) {
    std::size_t low = 0;
    for (std::size_t high = n_rows; low < high;) {
      const std::size_t middle = low + (high - low) / 2;
      if (offset(middle) < entries) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  std::vector<std::size_t> starts{0};
  for (std::int64_t at = n; at < offset(n_rows); at += n)
    if (const std::size_t row = first_row_after(at); row > starts.back()) starts.push_back(row);
  if (starts.back() < n_rows) starts.push_back(n_rows);
  return starts;
}

// Sorts lists and joins the two arcs of a mutual pair. Hubs are sorted by setting bits, the others by comparing.
template <class Entry>
class ListSorter {
 public:
  // Returns the new length.
  std::size_t sort(std::span<Entry> list) {
    const auto others = list.first(list.size() < kFewEntries ? list.size() : set_hubs(list));
    if (others.size() < kFewEntries) insertion_sort(others);
    else std::ranges::sort(others);
    if (words_ == 0) return join(others, list, 0);
    others_.assign(others.begin(), others.end());
    return join(others_, list, take_hubs(list));
  }

 private:
  static constexpr std::size_t kHubs = kWordBits * kWordBits;
  static constexpr std::size_t kFewEntries = 12;  // that are sorted as soon by comparing

  // Sets the bits of hubs, and moves the others to the front; returns their number.
  std::size_t set_hubs(std::span<Entry> list) {
    std::size_t n_others = 0;
    for (const Entry entry : list) {
      const auto rank = static_cast<std::size_t>(entry >> 2);
      list[n_others] = entry;
      if (rank >= kHubs) {
        ++n_others;
        continue;
      }
      hubs_[rank / kWordBits][(entry & 3) - 1] |= std::uint64_t{1} << rank % kWordBits;
      words_ |= std::uint64_t{1} << rank / kWordBits;
    }
    return n_others;
  }

  std::size_t take_hubs(std::span<Entry> list) {
    std::size_t kept = 0;
    for (std::uint64_t words = std::exchange(words_, 0); words != 0; words &= words - 1) {
      const auto k = static_cast<std::size_t>(std::countr_zero(words));
      const auto [out, in] = std::exchange(hubs_[k], {});
      for (std::uint64_t bits = out | in; bits != 0; bits &= bits - 1) {
        const int bit = std::countr_zero(bits);
        const auto code = static_cast<Entry>((out >> bit & 1) | (in >> bit & 1) << 1);
        list[kept++] = static_cast<Entry>(k * kWordBits + static_cast<std::size_t>(bit)) << 2 | code;
      }
    }
    return kept;
  }

  static void insertion_sort(std::span<Entry> list) {
    for (std::size_t k = 1; k < list.size(); ++k) {
      const Entry entry = list[k];
      std::size_t at = k;
      for (; at > 0 && list[at - 1] > entry; --at) list[at] = list[at - 1];
      list[at] = entry;
    }
  }

  // Appends sorted entries to the `kept` first of the list; returns how many there are then.
  static std::size_t join(std::span<const Entry> sorted, std::span<Entry> list, std::size_t kept) {
    for (const Entry entry : sorted) {
      if (kept > 0 && list[kept - 1] >> 2 == entry >> 2) list[kept - 1] |= entry;
      else list[kept++] = entry;
    }
    return kept;
  }

  std::array<std::array<std::uint64_t, 2>, kHubs / kWordBits> hubs_{};  // arcs out, arcs in; 0 between lists
  std::uint64_t words_ = 0;                                             // of hubs_ that are not 0
  std::vector<Entry> others_;
};

struct DensePrefix {
  std::size_t n_entries = 0, n_words = 0;
};

// The prefix of a sorted list where entries exceed kEntriesPerWord a word by most.
template <class Entry>
DensePrefix dense_prefix(std::span<const Entry> list) {
  DensePrefix best;
  std::int64_t most = 0;
  for (std::size_t k = 0; k < list.size();) {
    const auto word = static_cast<std::size_t>(list[k] >> 2) / kWordBits;
    const std::int64_t price = static_cast<std::int64_t>(word + 1) * kEntriesPerWord;
    if (static_cast<std::int64_t>(list.size()) - price <= most) break;
    while (k < list.size() && static_cast<std::size_t>(list[k] >> 2) / kWordBits == word) ++k;
    if (static_cast<std::int64_t>(k) - price <= most) continue;
    most = static_cast<std::int64_t>(k) - price;
    best = {k, word + 1};
  }
  return best;
}

}  // namespace

template <class Index>
RankedLists<Index>::RankedLists(const CsrView<Index>& out, std::span<const Index> in_degrees, int num_threads,
                                Stop& stop) {
  rank_of_ = degree_ranks<Index>(in_degrees.size(), [&](std::size_t v) {
    return out.degree(static_cast<std::int64_t>(v)) + std::int64_t{in_degrees[v]};
  });
  gather(out, num_threads, stop);
  finish_lists(num_threads, stop);
  fill_planes(num_threads, stop);
}

// body(u, worker) for every rank, in parallel.
template <class Index>
template <class Body>
void RankedLists<Index>::for_each_row(int num_threads, Stop& stop, Body body) const {
  for_each_of_runs(runs_of_entries(kArcsPerTask), num_threads, stop, body);
}

// Every arc to the list of its later-ranked end: count, then place. Each worker has a part of the rows and counters of
// its own, if these are small beside the arcs; else workers share counters, and leave the order within a list to
// chance.
template <class Index>
void RankedLists<Index>::gather(const CsrView<Index>& out, int num_threads, Stop& stop) {
  const auto n = static_cast<std::int64_t>(n_nodes());
  const auto starts = cut_rows(n_nodes(), kArcsPerTask, [&](std::size_t u) { return std::int64_t{out.indptr[u]}; });
  const std::int64_t n_runs = std::ssize(starts) - 1;
  const bool apart = num_threads > 1 && kArcsPerCounter * n * num_threads <= out.n_edges();
  const bool shared = num_threads > 1 && !apart;
  const std::int64_t n_parts = apart ? num_threads : 1, n_tasks = apart ? n_parts : n_runs;
  LargeArray<Index> begin(static_cast<std::size_t>(n_parts * n), 0);
  // visit(counter of the list, rank of the row, rank of the arc's other end)
  const auto for_each_arc = [&](auto visit) {
    parallel_for(n_tasks, num_threads, stop, [&](std::int64_t task, int) {
      Index* const counters = begin.data() + (apart ? task * n : 0);
      for (std::int64_t run = task * n_runs / n_tasks; run < (task + 1) * n_runs / n_tasks; ++run) {
        stop.check();
        for (std::size_t u = starts[static_cast<std::size_t>(run)]; u < starts[static_cast<std::size_t>(run) + 1];
             ++u) {
          const Index ru = rank_of_[u];
          for (const Index v : out.row(static_cast<std::int64_t>(u))) {
            const Index rv = rank_of_[static_cast<std::size_t>(v)];
            visit(counters[std::max(ru, rv)], ru, rv);
          }
        }
      }
    });
  };
  for_each_arc([&](Index& counter, Index, Index) { fetch_add(counter, Index{1}, shared); });
  lists_.resize(n_nodes() + 1);
  Index at = 0;
  for (std::int64_t u = 0; u < n; ++u) {
    lists_[static_cast<std::size_t>(u)] = {at, 0, 0, 0};
    for (std::int64_t part = 0; part < n_parts; ++part) {
      Index& counter = begin[static_cast<std::size_t>(part * n + u)];
      at += std::exchange(counter, at);
    }
  }
  lists_.back() = {at, 0, 0, 0};
  entries_.resize(out.indices.size());
  for_each_arc([&](Index& counter, Index ru, Index rv) {
    entries_[static_cast<std::size_t>(fetch_add(counter, Index{1}, shared))] =
        static_cast<Entry>(std::min(ru, rv)) << 2 | (ru > rv ? 1u : 2u);
  });
}

template <class Index>
void RankedLists<Index>::finish_lists(int num_threads, Stop& stop) {
  const bool shared = num_threads > 1;
  mutual_.assign(n_nodes(), 0);
  std::vector<ListSorter<Entry>> sorters(static_cast<std::size_t>(std::max(num_threads, 1)));
  for_each_row(num_threads, stop, [&](std::size_t u, int worker) {
    List& list = lists_[u];
    const auto begin = static_cast<std::size_t>(list.begin);
    const auto all = std::span(entries_).subspan(begin, static_cast<std::size_t>(lists_[u + 1].begin) - begin);
    const auto entries = all.first(sorters[static_cast<std::size_t>(worker)].sort(all));
    const DensePrefix dense = dense_prefix<Entry>(entries);
    list.size = static_cast<Index>(entries.size());
    list.n_dense = static_cast<Index>(dense.n_entries);
    list.first_word = static_cast<Index>(dense.n_words);
    Index mutual = 0;
    for (const Entry entry : entries)
      if ((entry & 3) == 3) {
        ++mutual;
        fetch_add(mutual_[static_cast<std::size_t>(entry >> 2)], Index{1}, shared);
      }
    if (mutual != 0) fetch_add(mutual_[u], mutual, shared);
  });
  has_mutual_ = std::ranges::any_of(mutual_, [](Index n) { return n != 0; });
}

template <class Index>
void RankedLists<Index>::fill_planes(int num_threads, Stop& stop) {
  Index n_words = 0;
  for (List& list : lists_) {
    most_words_ = std::max(most_words_, static_cast<std::size_t>(list.first_word));
    n_words += std::exchange(list.first_word, n_words);
  }
  words_.assign(2 * static_cast<std::size_t>(n_words), 0);
  for_each_row(num_threads, stop, [&](std::size_t u, int) {
    std::uint64_t* const words = words_.data() + 2 * static_cast<std::size_t>(lists_[u].first_word);
    for (const Entry entry : row(u).first(static_cast<std::size_t>(lists_[u].n_dense))) {
      const auto rank = static_cast<std::size_t>(entry >> 2);
      words[2 * (rank / kWordBits)] |= std::uint64_t{entry & 1} << rank % kWordBits;
      words[2 * (rank / kWordBits) + 1] |= std::uint64_t{entry >> 1 & 1} << rank % kWordBits;
    }
  });
}

template <class Index>
std::vector<std::size_t> RankedLists<Index>::runs_of_entries(std::int64_t n) const {
  return cut_rows(lists_.size() - 1, n, [this](std::size_t u) { return static_cast<std::int64_t>(lists_[u].begin); });
}

template class RankedLists<std::int32_t>;
template class RankedLists<std::int64_t>;

}  // namespace motifcount
