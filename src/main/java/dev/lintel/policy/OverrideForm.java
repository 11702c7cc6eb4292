package dev.lintel.policy;

import static dev.lintel.policy.Form.listOf;
import static dev.lintel.policy.Form.mapOf;
import static dev.lintel.policy.Form.text;
import static dev.lintel.policy.Form.words;

import dev.lintel.resource.LabelSelector;
import dev.lintel.resource.LabelSelector.Expression;
import dev.lintel.rule.RuleInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the document says of some namespaces; {@link OverrideDiff} compares it. */
final class OverrideForm {

  private static final Form<String> LABEL = text("\\S{1,317}", 317, "a label's key or value");
  private static final Form<String> LABEL_VALUE = text("\\S{0,63}", 63, "a label's value");

  private OverrideForm() {}

  /** Returns how an override is written. */
  static Form<NamespaceOverride> form(RuleNames names) {
    Section<NamespaceOverride> keys = Section.outermost();
    var namespaces =
        keys.part(
            "namespaces", Glob.LIST, NamespaceOverride::namespaces, "The namespaces, by name.");
    var selector =
        keys.part(
            "namespaceSelector",
            selector().optional(),
            NamespaceOverride::selector,
            "The namespaces, by their labels.");
    var enforcement =
        keys.part(
            "enforcement",
            PolicyForm.ACTION.optional(),
            NamespaceOverride::enforcement,
            "The ceiling there; at most the document's own.");
    var rules =
        keys.part(
            "rules",
            names.actions(RuleInfo::code),
            NamespaceOverride::actions,
            "What single rules do there.");
    return keys.form(
        new NamespaceOverride(List.of(), Optional.empty(), Optional.empty(), Map.of()),
        in -> {
          if (in.of(namespaces).isEmpty() && in.of(selector).isEmpty()) {
            in.place()
                .problem(
                    () ->
                        "needs namespaces or a namespaceSelector; without both it would hold everywhere");
          }
          return new NamespaceOverride(
              in.of(namespaces), in.of(selector), in.of(enforcement), in.of(rules));
        });
  }

  private static Form<LabelSelector> selector() {
    Section<LabelSelector> keys = Section.outermost();
    var matchLabels =
        keys.part(
            "matchLabels",
            mapOf(LABEL, LABEL_VALUE),
            LabelSelector::matchLabels,
            "Labels that must be there with these values.");
    var matchExpressions =
        keys.part(
            "matchExpressions",
            listOf(expression(), 0),
            LabelSelector::matchExpressions,
            "Further conditions.");
    return keys.form(
        new LabelSelector(Map.of(), List.of()),
        in -> new LabelSelector(in.of(matchLabels), in.of(matchExpressions)));
  }

  private static Form<Expression> expression() {
    Section<Expression> keys = Section.outermost();
    var key = keys.required("key", LABEL, Expression::key, "The label's key.");
    var operator =
        keys.required(
            "operator",
            words(List.of("In", "NotIn", "Exists", "DoesNotExist"), Function.identity()),
            Expression::operator,
            "How the label is compared.");
    var values =
        keys.part("values", listOf(LABEL, 1), Expression::values, "Values for In and NotIn.");
    return keys.form(
        new Expression("", "", List.of()),
        in -> {
          boolean takesValues = in.of(operator).equals("In") || in.of(operator).equals("NotIn");
          if (takesValues == in.of(values).isEmpty()) {
            String problem = takesValues ? "needs values" : "takes no values";
            in.place().problem(() -> "the operator %s %s".formatted(in.of(operator), problem));
          }
          return new Expression(in.of(key), in.of(operator), in.of(values));
        });
  }
}
