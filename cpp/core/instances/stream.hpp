// All instances of a class, some at a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "instances/search.hpp"
#include "support/threads.hpp"

namespace motifcount {

// Searches several runs of nodes at the same time where much is asked for, none much farther than that.
template <class Entry>
class InstanceStream {
 public:
  InstanceStream(const SearchedGraph<Entry>& graph, const Plan& plan, const Wanted<Entry>& wanted, Stop& stop)
      : graph_(graph), plan_(plan), wanted_(wanted), runs_(root_runs(graph, plan, stop)) {}

  // The next instances: `most`, or all that are left.
  Rows next(std::size_t most, int num_threads, Stop& stop) {
    const auto size = static_cast<std::size_t>(plan_.size);
    Steps steps(stop, std::ssize(runs_) - 1);
    steps.add(static_cast<std::int64_t>(next_run_ - tasks_.size()));
    Rows rows;
    for (;;) {
      while (!tasks_.empty()) {
        Task& task = tasks_.front();
        const std::size_t n = std::min(task.found.size() - task.given, size * most - rows.size());
        const auto from = task.found.begin() + static_cast<std::ptrdiff_t>(task.given);
        rows.insert(rows.end(), from, from + static_cast<std::ptrdiff_t>(n));
        task.given += n;
        if (rows.size() == size * most) return rows;
        task.found.clear();
        task.given = 0;
        if (!task.done) break;
        tasks_.pop_front();
        steps.add();
      }
      const std::size_t most_tasks = num_threads > 1 ? kTasksPerWorker * static_cast<std::size_t>(num_threads) : 1;
      const std::size_t n_tasks = std::clamp<std::size_t>(most / kRowsPerTask, 1, most_tasks);
      while (tasks_.size() < n_tasks && next_run_ + 1 < runs_.size()) {
        tasks_.emplace_back(Search<Entry>(graph_, plan_, wanted_, runs_[next_run_], runs_[next_run_ + 1]));
        ++next_run_;
      }
      if (tasks_.empty()) return rows;
      work(most / n_tasks, num_threads, stop);
    }
  }

 private:
  static constexpr std::size_t kTasksPerWorker = 16;
  static constexpr std::size_t kRowsPerTask = 1 << 12;

  struct Task {
    explicit Task(Search<Entry> s) : search(std::move(s)) {}

    Search<Entry> search;
    Rows found{};
    std::size_t given = 0;  // numbers of `found` that were handed out
    bool done = false;
  };

  void work(std::size_t most, int num_threads, Stop& stop) {
    std::vector<SearchWorker> workers(static_cast<std::size_t>(std::max(num_threads, 1)), SearchWorker(stop));
    parallel_for(std::ssize(tasks_), num_threads, stop, [&](std::int64_t k, int worker) {
      Task& task = tasks_[static_cast<std::size_t>(k)];
      if (!task.done) task.done = !task.search.fill(task.found, most, workers[static_cast<std::size_t>(worker)]);
    });
  }

  const SearchedGraph<Entry>& graph_;
  const Plan& plan_;
  const Wanted<Entry>& wanted_;
  std::vector<std::size_t> runs_;
  std::size_t next_run_ = 0;
  std::deque<Task> tasks_;
};

}  // namespace motifcount
