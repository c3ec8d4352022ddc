#include "instances/instances.hpp"

#include <utility>

#include "instances/heaviest.hpp"
#include "instances/sampler.hpp"
#include "instances/stream.hpp"

namespace motifcount {
namespace {

template <class Index>
std::int64_t n_searched(const GraphView<Index>& graph, const Plan& plan) {
  return plan.is_connected() ? graph.out.n_rows() : graph.n_nodes;
}

template <class Entry, class Index>
class InstancesOf final : public Instances {
 public:
  InstancesOf(const GraphView<Index>& graph, Plan plan, const InstanceFilter& filter, Stop& stop)
      : out_(graph.out),
        plan_(std::move(plan)),
        graph_(graph.out, n_searched(graph, plan_), stop),
        wanted_(graph_, plan_, filter.nodes, filter.arcs, stop) {}

  [[nodiscard]] int size() const override { return plan_.size; }

  Rows next(std::size_t most, int num_threads, Stop& stop) override {
    if (!stream_) stream_ = std::make_unique<InstanceStream<Entry>>(graph_, plan_, wanted_, stop);
    return stream_->next(most, num_threads, stop);
  }

  Rows sample(std::size_t limit, std::uint64_t seed, int num_threads, Stop& stop) override {
    return InstanceSampler<Entry>(graph_, plan_, num_threads, stop).sample(limit, seed, wanted_);
  }

  Rows top(std::size_t limit, std::span<const double> weights, Score score, int num_threads, Stop& stop) override {
    return HeaviestInstances<Entry, Index>(out_, weights, score, plan_).find(graph_, wanted_, limit, num_threads, stop);
  }

 private:
  CsrView<Index> out_;
  Plan plan_;
  SearchedGraph<Entry> graph_;
  Wanted<Entry> wanted_;
  std::unique_ptr<InstanceStream<Entry>> stream_;
};

}  // namespace

template <class Index>
std::unique_ptr<Instances> instances_of(const GraphView<Index>& graph, int size, Code code,
                                        const InstanceFilter& filter, Stop& stop) {
  const Plan plan = plan_for(size, code);
  return with_entry_for(n_searched(graph, plan), graph.out.indices.size(),
                        [&]<class Entry>(Entry) -> std::unique_ptr<Instances> {
                          return std::make_unique<InstancesOf<Entry, Index>>(graph, plan, filter, stop);
                        });
}

template std::unique_ptr<Instances> instances_of(const GraphView<std::int32_t>&, int, Code, const InstanceFilter&,
                                                 Stop&);
template std::unique_ptr<Instances> instances_of(const GraphView<std::int64_t>&, int, Code, const InstanceFilter&,
                                                 Stop&);

}  // namespace motifcount
