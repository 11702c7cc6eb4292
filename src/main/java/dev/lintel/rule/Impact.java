package dev.lintel.rule;

import dev.lintel.resource.Kind;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a write does to the paths of others. It is no rule, for nothing is wrong with the written
 * object; but a policy switches and exempts it by its name as it does rules (docs/domain.md, 8.4).
 */
public final class Impact {

  /** The kinds whose writes and deletions are looked at; of those that are judged, deletions. */
  private static final Set<Kind> KINDS =
      Set.copyOf(
          EnumSet.of(
              Kind.NAMESPACE,
              Kind.GATEWAY,
              Kind.GATEWAY_CLASS,
              Kind.HTTP_ROUTE,
              Kind.GRPC_ROUTE,
              Kind.TCP_ROUTE,
              Kind.TLS_ROUTE,
              Kind.REFERENCE_GRANT,
              Kind.LISTENER_SET,
              Kind.X_LISTENER_SET,
              Kind.BACKEND_CONFIG_POLICY,
              Kind.WORKLOAD_ENTRY,
              Kind.SERVICE,
              Kind.SERVICE_ENTRY,
              Kind.DESTINATION_RULE));

  /** What policies and messages call it. */
  public static final RuleInfo INFO =
      new RuleInfo(
          "impact",
          "path-impact",
          Family.IMPACT,
          Action.WARN,
          KINDS,
          KINDS,
          Set.of(),
          "1.0.0",
          "A write bends the paths of other objects");

  private Impact() {}
}
