package dev.lintel.rule.servicescope;

import dev.lintel.mesh.Keys;
import dev.lintel.resource.Kind;
import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.LabelSelector.Expression;
import dev.lintel.resource.MeshConfig.Scope;
import dev.lintel.resource.Service;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfService;
import dev.lintel.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A value of {@code istio.io/global} that no selector of the mesh config wants: texts are compared,
 * so {@code "True"} is not {@code "true"}.
 *
 * <p>Restricted: the label in a mesh of upstream Istio that looks beyond its own network, where
 * some selector wants another value of it and none selects the Service. Allowed: {@code "false"} in
 * any case, which keeps a Service in its cluster; a mesh config that is not known (docs/domain.md,
 * 5.1).
 */
final class GlobalLabelSelectsNothing {

  static final Rule RULE =
      Rule.warns("SC-011", "global-label-selects-nothing")
          .summary("No selector of the mesh config wants this value of istio.io/global")
          .reads(Set.of(Kind.CONFIG_MAP, Kind.NAMESPACE, Kind.DEPLOYMENT))
          .ofServices(GlobalLabelSelectsNothing::judge);

  private GlobalLabelSelectsNothing() {}

  private static Stream<Finding> judge(Topology topology, OfService subject) {
    boolean isConcerned =
        topology.dialect().isUpstream() && topology.dialect().multiNetwork().isYes();
    return isConcerned
        ? subject
            .metadata()
            .label(Keys.GLOBAL)
            .filter(value -> !value.equalsIgnoreCase("false"))
            .flatMap(value -> finding(topology, subject.resource(), value))
            .stream()
        : Stream.empty();
  }

  private static Optional<Finding> finding(Topology topology, Service service, String value) {
    return topology
        .meshConfig()
        .flatMap(
            config -> {
              List<Scope> global = config.scopes().stream().filter(Scope::isGlobal).toList();
              List<String> wanted =
                  global.stream()
                      .flatMap(scope -> scope.services().stream())
                      .flatMap(GlobalLabelSelectsNothing::wanted)
                      .distinct()
                      .toList();
              boolean isSelected =
                  global.stream()
                      .anyMatch(scope -> !topology.scopes().selects(scope, service).isNo());
              return wanted.isEmpty() || wanted.contains(value) || isSelected
                  ? Optional.empty()
                  : Optional.of(finding(value, wanted).with(config));
            });
  }

  /** Returns the values of the label by which a selector chooses. */
  private static Stream<String> wanted(LabelSelector selector) {
    return Stream.concat(
        Optional.ofNullable(selector.matchLabels().get(Keys.GLOBAL)).stream(),
        selector.matchExpressions().stream()
            .filter(wants -> wants.key().equals(Keys.GLOBAL) && wants.operator().equals("In"))
            .map(Expression::values)
            .flatMap(List::stream));
  }

  private static Finding finding(String value, List<String> wanted) {
    String meant = wanted.getFirst();
    return Finding.at(FieldPath.label(Keys.GLOBAL))
        .says(
            "%s `%s` matches no selector of meshConfig.serviceScopeConfigs: the Service is known in"
                + " its cluster only",
            Keys.GLOBAL, value)
        .because(
            "The selectors want %s, and texts are compared letter for letter. istiod says nothing of"
                + " a label that selects nothing: clients of other clusters do not see the endpoints.",
            wanted.stream().map("`%s`"::formatted).collect(Collectors.joining(" or ")))
        .fix("write `%s: \"%s\"`", Keys.GLOBAL, meant)
        .about(value)
        .patch(JsonPatch.of(JsonPatch.replace(meant, "metadata", "labels", Keys.GLOBAL)));
  }
}
