#include "weighted_ensemble.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "graph/build.hpp"
#include "nulls/arcs_by_row.hpp"
#include "nulls/carried_weights.hpp"
#include "support/threads.hpp"

namespace motifcount {
namespace {

constexpr std::uint64_t kWeightStream = ~std::uint64_t{0};  // no block has it

// Gives weights to the arcs of one sample after another.
template <class Index>
class WeightedSamples {
 public:
  WeightedSamples(const GraphView<Index>& graph, std::span<const double> weights, const NullSpec& spec,
                  std::uint64_t seed, Stop& stop)
      : graph_(graph), by_kind_(spec.options.keep_kinds), seed_(seed), carried_(graph, weights, spec.options, stop) {}

  // Builds the rows of a sample and deals out its weights; `kinds` are those of the arcs.
  void sample(std::uint64_t k, std::span<const Arc> arcs, std::span<const std::uint8_t> kinds, Stop& stop) {
    rows_.build(arcs, graph_.out.n_rows(), out_, stop);
    if (by_kind_) order_by_row(out_.view(), arcs, kinds, kinds_, stop);
    Rng rng(seed_, k, kWeightStream);
    carried_.deal(out_.view(), kinds_, rng, weights_, stop);
  }
  [[nodiscard]] CsrView<Index> out() const { return out_.view(); }
  [[nodiscard]] std::vector<double>& weights() { return weights_; }

 private:
  const GraphView<Index>& graph_;
  bool by_kind_;
  std::uint64_t seed_;
  CarriedWeights<Index> carried_;
  SortedRows<Index, std::uint32_t> rows_;
  Csr<Index> out_;
  std::vector<std::uint8_t> kinds_;
  std::vector<double> weights_;
};

}  // namespace

template <class Index>
std::vector<TriadSums> sample_intensities(const GraphView<Index>& graph, std::span<const double> weights,
                                          const NullSpec& spec, const SampleRange& samples, int num_threads,
                                          Stop& stop) {
  Steps steps(stop, samples.n);
  const std::unique_ptr<NullModel> null = prepare_null(graph, spec, samples.seed, num_threads, stop);
  null->prepare_drawers(num_threads, stop);
  const std::vector<std::uint8_t> kinds = null->kinds(stop);
  struct Worker {
    std::unique_ptr<Drawer> drawer{};
    std::optional<WeightedSamples<Index>> weighted{};
    std::vector<Arc> arcs{};
  };
  std::vector<Worker> workers(static_cast<std::size_t>(std::max(num_threads, 1)));
  std::vector<TriadSums> found(static_cast<std::size_t>(samples.n));
  parallel_for(samples.n, num_threads, stop, [&](std::int64_t s, int id) {
    Worker& worker = workers[static_cast<std::size_t>(id)];
    if (!worker.drawer) {
      worker.drawer = null->drawer();
      worker.weighted.emplace(graph, weights, spec, samples.seed, stop);
    }
    const std::uint64_t k = samples.first + static_cast<std::uint64_t>(s);
    worker.drawer->draw(k, worker.arcs, stop);
    worker.weighted->sample(k, worker.arcs, kinds, stop);
    found[static_cast<std::size_t>(s)] = triad_intensities(worker.weighted->out(), worker.weighted->weights(), 1, stop);
    steps.add();
  });
  return found;
}

template <class Index>
std::vector<double> weights_of_sample(const GraphView<Index>& graph, std::span<const double> weights,
                                      const NullSpec& spec, std::uint64_t seed, std::uint64_t k,
                                      std::span<const Arc> arcs, std::span<const std::uint8_t> kinds, Stop& stop) {
  WeightedSamples<Index> weighted(graph, weights, spec, seed, stop);
  weighted.sample(k, arcs, kinds, stop);
  return std::move(weighted.weights());
}

#define MOTIFCOUNT_INSTANTIATE(Index)                                                                               \
  template std::vector<TriadSums> sample_intensities(const GraphView<Index>&, std::span<const double>,              \
                                                     const NullSpec&, const SampleRange&, int, Stop&);              \
  template std::vector<double> weights_of_sample(const GraphView<Index>&, std::span<const double>, const NullSpec&, \
                                                 std::uint64_t, std::uint64_t, std::span<const Arc>,                \
                                                 std::span<const std::uint8_t>, Stop&);
MOTIFCOUNT_INSTANTIATE(std::int32_t)
MOTIFCOUNT_INSTANTIATE(std::int64_t)
#undef MOTIFCOUNT_INSTANTIATE

}  // namespace motifcount
