package dev.lintel.rule.destinationrule;

import dev.lintel.mesh.HostName;
import dev.lintel.resource.DestinationRule;
import dev.lintel.resource.Kind;
import dev.lintel.resource.NamespacedName;
import dev.lintel.resource.ResourceRef;
import dev.lintel.rule.FieldPath;
import dev.lintel.rule.Finding;
import dev.lintel.rule.JsonPatch;
import dev.lintel.rule.Reads;
import dev.lintel.rule.Rule;
import dev.lintel.rule.Subject.OfRule;
import dev.lintel.topology.Backend;
import dev.lintel.topology.Topology;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A host that looks like one that exists and is none: Istio completes only names without dots, and
 * compares letter by letter.
 *
 * <p>Restricted: {@code spec.host} of a DestinationRule in the form {@code service.namespace},
 * {@code service.namespace.svc}, with another cluster's domain, in another case, or with a dot at
 * its end. Allowed: the full name, a short name, and any host that a ServiceEntry defines
 * (docs/domain.md, 2.1).
 */
final class DottedShortName {

  private static final Pattern FORM =
      Pattern.compile("(\\*|[a-z0-9-]+)\\.([a-z0-9-]+)(\\.svc(\\.[a-z0-9.-]+)?)?");

  /** How many characters of a host that is too long are shown. */
  private static final int SHOWN = 20;

  /** The domain of multi-cluster Services, whose hosts need no object here. */
  private static final String CLUSTERSET = ".clusterset.local";

  private static final Pattern WILDCARD = Pattern.compile("\\*\\.([a-z0-9-]+)(\\.svc)?");

  static final Rule RULE =
      Rule.warns("DR-004", "destination-rule-dotted-short-name")
          .summary("A host with dots that is no full name resolves to nothing")
          .reads(Reads.RULE_READERS)
          .ofDestinationRules(DottedShortName::judge);

  private DottedShortName() {}

  private static Stream<Finding> judge(Topology topology, OfRule subject) {
    return subject.readers().isEmpty()
        ? finding(topology, subject.resource()).stream()
        : Stream.empty();
  }

  private static Optional<Finding> finding(Topology topology, DestinationRule rule) {
    HostName host = topology.rules().hostOf(rule);
    if (!host.isHost()) {
      return Optional.of(tooLong(rule));
    }
    HostName folded = host.folded();
    return !folded.equals(host) && !topology.backendsWithHost(folded).isEmpty()
        ? Optional.of(otherSpelling(rule, topology.backendsWithHost(folded).getFirst()))
        : meant(topology, rule).map(meant -> finding(rule, meant));
  }

  private static Finding otherSpelling(DestinationRule rule, Backend known) {
    return Finding.at(FieldPath.HOST)
        .says(
            "no host `%s` exists: hosts are compared letter by letter, and it is not `%s`",
            rule.host(), known.canonicalHost())
        .because(
            "DNS knows no difference between upper and lower case, and none between a name with a"
                + " dot at its end and one without. Istio and kgateway do: no Service and no"
                + " ServiceEntry has the host as it is written here, so no proxy finds the rule.")
        .fix("write `%s`", known.canonicalHost())
        .with(known.resource())
        .about(rule.host())
        .patch(JsonPatch.of(JsonPatch.replace(known.canonicalHost(), "spec", "host")));
  }

  /** A name of so many letters is no host in any cluster, and nobody can have meant it. */
  private static Finding tooLong(DestinationRule rule) {
    return Finding.at(FieldPath.HOST)
        .says(
            "no host `%s...` exists: it has more than %d characters, so no proxy finds this rule",
            rule.host().substring(0, SHOWN), HostName.MAX_LENGTH)
        .because(
            "A host is a DNS name, and those have %d characters at most. No Service and no"
                + " ServiceEntry that a proxy knows has a longer one.",
            HostName.MAX_LENGTH)
        .fix("write the host of the Service or ServiceEntry that is meant");
  }

  private static Optional<Meant> meant(Topology topology, DestinationRule rule) {
    String host = topology.rules().hostOf(rule).value();
    Matcher wildcard = WILDCARD.matcher(host);
    if (wildcard.matches()) {
      return Optional.of(new NamespacedName(wildcard.group(1), "*"))
          .filter(name -> isNamespace(topology, name.namespace()))
          .map(name -> new Meant(name, full(topology, name), false));
    }
    Matcher form = FORM.matcher(host);
    if (!form.matches() || host.endsWith(CLUSTERSET)) {
      return Optional.empty();
    }
    NamespacedName name = new NamespacedName(form.group(2), form.group(1));
    String full = full(topology, name);
    boolean exists = topology.service(name.namespace(), name.name()).isPresent();
    boolean isOfOtherDomain = form.group(4) != null;
    return Optional.of(new Meant(name, full, exists))
        .filter(meant -> !full.equals(host))
        .filter(meant -> exists || (!isOfOtherDomain && isNamespace(topology, name.namespace())));
  }

  private static boolean isNamespace(Topology topology, String name) {
    return topology.namespace(name).isPresent();
  }

  private static String full(Topology topology, NamespacedName name) {
    return HostName.ofService(name.namespace(), name.name(), topology.platform().clusterDomain())
        .value();
  }

  private static Finding finding(DestinationRule rule, Meant meant) {
    Finding found =
        Finding.at(FieldPath.HOST)
            .says(
                "no host `%s` exists: Istio completes only names without dots%s",
                rule.host(),
                meant.exists
                    ? ", so it is not %s, whose host is `%s`"
                        .formatted(meant.service().spoken(), meant.full)
                    : "")
            .because(
                "A name without any dot is completed with the rule's namespace and the cluster's"
                    + " domain. A name with a dot is taken as it stands, and no Service and no"
                    + " ServiceEntry has this one, so no proxy finds the rule.")
            .fix("write `%s`", meant.full)
            .about(rule.host())
            .patch(JsonPatch.of(JsonPatch.replace(meant.full, "spec", "host")));
    return meant.exists ? found.with(meant.service()) : found;
  }

  /**
   * What was probably meant.
   *
   * @param name the Service
   * @param full its host
   * @param exists whether there is such a Service
   */
  private record Meant(NamespacedName name, String full, boolean exists) {

    ResourceRef service() {
      return new ResourceRef(Kind.SERVICE, name.namespace(), name.name());
    }
  }
}
