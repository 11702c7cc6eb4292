package dev.lintel.policy;

import dev.lintel.catalogue.RuleCatalogue;
import dev.lintel.rule.Action;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
    return dump(new PolicyForm().form().written(filledIn(policy)).orElseThrow());
  }

  /** Returns a document that says nothing but exemptions, YAML 1.2. */
  public static String write(List<Exemption> exemptions) {
    Form<Exemption> form = ExemptionForm.form(new RuleNames(RuleCatalogue.complete()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "lintel.dev/v1");
    document.put("kind", "Policy");
    document.put("exemptions", exemptions.stream().map(form::written).map(Optional::get).toList());
    return dump(document);
  }

  private static String dump(Object document) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(120).build();
    return new Dump(settings).dumpToString(document);
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
