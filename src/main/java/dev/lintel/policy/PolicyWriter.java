package dev.lintel.policy;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.rule.Action;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * Writes a policy as a document with nothing left out: the defaults stand where nothing else was
 * said, and every rule of the catalogue with what comes of it. The reader takes it back.
 */
public final class PolicyWriter {

  private PolicyWriter() {}

  /** Returns the document, YAML 1.2. */
  public static String write(Policy policy) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(120).build();
    return new Dump(settings)
        .dumpToString(new PolicyForm().form().written(filledIn(policy)).orElseThrow());
  }

  /** Returns the same policy, in which nothing is up to defaults. */
  private static Policy filledIn(Policy policy) {
    Map<String, Action> actions = new HashMap<>();
    RuleCatalogue.complete()
        .rules()
        .forEach(rule -> actions.put(rule.info().code(), policy.asked(rule.info())));
    return new Policy(
        policy.enforcement(),
        actions,
        policy.overrides(),
        policy.exemptions(),
        policy.ignoreUsers(),
        policy.ignoreGroups(),
        Optional.of(policy.effectiveControllers()),
        policy.annotated(),
        policy.disclose(),
        policy.links(),
        policy.limits(),
        policy.platform());
  }
}
