// The families of motif classes as plain data.
#include "bindings.hpp"

#include <stdexcept>

#include "families.hpp"
#include "motifs/kinds.hpp"

namespace motifcount::bindings {

namespace py = pybind11;

namespace {

py::str text(std::string_view text) { return {text.data(), text.size()}; }

py::frozenset arcs_to_python(Code code) {
  py::set arcs;
  for (std::size_t bit = 0; bit < kMostArcs; ++bit)
    if (code >> bit & 1) arcs.add(py::make_tuple(kArcOfBit[bit].source, kArcOfBit[bit].target));
  return py::frozenset(arcs);
}

py::dict family_to_python(const FamilyData& family) {
  const std::size_t n = family.classes.size();
  py::dict arcs, aliases, roles, labelled, reversed, complement;
  for (const auto [alias, name] : family.aliases) aliases[text(alias)] = text(name);
  for (std::size_t k = 0; k < n; ++k) {
    const py::str name = text(family.classes[k].name);
    const ClassTraits& traits = family.traits[k];
    arcs[name] = arcs_to_python(family.classes[k].code);
    py::tuple of_nodes(family.size);
    for (std::size_t u = 0; u < of_nodes.size(); ++u) of_nodes[u] = py::int_(traits.role[u]);
    roles[name] = of_nodes;
    labelled[name] = py::int_(traits.labelled);
    reversed[name] = text(family.classes[traits.reversed].name);
    if (traits.complement < n) complement[name] = text(family.classes[traits.complement].name);
  }
  py::dict result;
  result["name"] = text(family.name);
  result["size"] = family.size;
  result["arcs"] = arcs;
  result["aliases"] = aliases;
  result["roles"] = roles;
  result["labelled"] = labelled;
  result["reversed"] = reversed;
  result["complement"] = complement;
  result["contained"] = py::bytes(reinterpret_cast<const char*>(family.contained), n * n);
  return result;
}

// The classes of a family by kinds: the name of the plain class, and for each arc of one motif its kind.
py::list kinded_classes(const std::string& name, std::size_t n_kinds) {
  Family family{};
  family_set({name}).for_each([&](Family found) { family = found; });
  if (n_kinds < 1 || n_kinds > kMostKinds) throw std::invalid_argument("n_kinds: is out of range");
  const FamilyData& data = data_of(family);
  py::list classes;
  for (const KindedClass& found : kinded_family(family, n_kinds).classes()) {
    py::dict kinds;
    std::size_t k = 0;
    for (std::size_t bit = 0; bit < kMostArcs; ++bit)
      if (data.classes[found.plain].code >> bit & 1)
        kinds[py::make_tuple(kArcOfBit[bit].source, kArcOfBit[bit].target)] = py::int_(found.kinds[k++]);
    classes.append(py::make_tuple(text(data.classes[found.plain].name), kinds));
  }
  return classes;
}

}  // namespace

FamilySet family_set(const std::vector<std::string>& names) {
  FamilySet families;
  for (const std::string& name : names) {
    std::size_t f = 0;
    while (f < kFamilies && data_of(static_cast<Family>(f)).name != name) ++f;
    if (f == kFamilies) throw std::invalid_argument("families: there is no " + name);
    families.add(static_cast<Family>(f));
  }
  return families;
}

void bind_motifs(py::module_& m) {
  py::tuple families(kFamilies);
  for (std::size_t f = 0; f < kFamilies; ++f) families[f] = family_to_python(data_of(static_cast<Family>(f)));
  m.attr("FAMILIES") = families;
  m.def("kinded_classes", &kinded_classes, py::arg("family"), py::arg("n_kinds"));
  m.attr("MAX_KINDS") = kMostKinds;
}

}  // namespace motifcount::bindings
