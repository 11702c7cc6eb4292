package dev.lintel.assertion;

import dev.lintel.assertion.AssertionReport.Breach;
import dev.lintel.assertion.AssertionReport.Way;
import dev.lintel.explain.Explainer;
import dev.lintel.explain.Explanation;
import dev.lintel.explain.RuleView;
import dev.lintel.explain.RuleView.Reader;
import dev.lintel.explain.RuleView.Reading;
import dev.lintel.resource.Resource;
import dev.lintel.resource.ResourceRef;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells whether somebody reads a DestinationRule for a host.
 *
 * @param topology the state
 * @param explainer tells who does
 * @param mayBeElsewhere whether there may be rules that are not known
 */
record RuleClaims(Topology topology, Explainer explainer, boolean mayBeElsewhere) {

  /**
   * Looks at a rule.
   *
   * @param isAsked of which hosts
   */
  void look(ResourceRef rule, Predicate<Backend> isAsked, Tally tally) {
    Optional<Resource> found = topology.find(rule);
    if (found.isPresent()
        && explainer.explain(found.get()).content() instanceof Explanation.OfRule(var view)) {
      look(view, isAsked, tally);
    } else if (mayBeElsewhere) {
      tally.doubt(Way.NONE, "%s is not among those that are known".formatted(rule.spoken()));
    } else {
      tally.breach(() -> breach("there is no %s".formatted(rule.spoken()), Optional.empty()));
    }
  }

  private void look(RuleView rule, Predicate<Backend> isAsked, Tally tally) {
    List<Reading> readings =
        rule.readings().stream().filter(reading -> isAsked(reading, isAsked)).toList();
    List<Reader> readers =
        readings.stream().flatMap(reading -> reading.readers().stream()).toList();
    if (readers.stream().anyMatch(reader -> reader.applies().isYes())) {
      return;
    }
    Optional<Reader> open =
        readers.stream().filter(reader -> reader.applies().isUnknown()).findFirst();
    if (open.isPresent()) {
      tally.doubt(
          Way.NONE,
          "whether %s reads it: %s".formatted(open.get().who(), open.get().applies().reason()));
    } else if (rule.cut()) {
      tally.doubt(Way.NONE, "it covers more hosts than are looked at");
    } else if (readings.stream().anyMatch(this::restsOnAssumptions)) {
      tally.doubt(
          Way.NONE,
          "nobody reads it as far as is known, and that rests on what manifests leave out");
    } else {
      tally.breach(() -> breach("nobody reads it", Optional.of(rule)));
    }
  }

  private boolean isAsked(Reading reading, Predicate<Backend> isAsked) {
    return topology.backendsWithHost(reading.host()).stream().anyMatch(isAsked);
  }

  private boolean restsOnAssumptions(Reading reading) {
    return topology.backendsWithHost(reading.host()).stream()
        .flatMap(backend -> topology.ingress().to(backend).stream())
        .anyMatch(leg -> leg.possibly(path -> !path.gatewayPicksPod()) && leg.isAssumed());
  }

  private static Breach breach(String why, Optional<RuleView> rule) {
    return new Breach(Way.NONE, why, Optional.empty(), rule);
  }
}
