package dev.lintel.policy;

import static dev.lintel.policy.Form.listOf;
import static dev.lintel.policy.Form.text;

import dev.lintel.policy.Exemption.ResourceGlob;
import dev.lintel.resource.Kind;
import dev.lintel.rule.Impact;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the document says about findings that are accepted for a while. */
final class ExemptionForm {

  private static final Form<String> SENTENCE =
      text("(?s).*\\S.*", 1000, "a text of up to 1000 characters");
  private static final Form<ResourceGlob> RESOURCE =
      text(
              "(%s|\\*)(/[A-Za-z0-9.*?-]{1,253}){2}".formatted(kinds()),
              569,
              "of the form Kind/namespace/name, in which * and ? are wildcards")
          .as(ExemptionForm::resource, ResourceGlob::toString);

  private ExemptionForm() {}

  /** An object of no namespace has any namespace, which is written with an asterisk. */
  private static String kinds() {
    return Impact.INFO.subjects().stream()
        .sorted()
        .map(Kind::objectKind)
        .collect(Collectors.joining("|"));
  }

  /** Returns how an exemption is written. */
  static Form<Exemption> form(RuleNames names) {
    Section<Exemption> keys = Section.outermost();
    var rules =
        keys.required(
            "rules",
            names.noneForAll(),
            Exemption::rules,
            "The rules, by code or by name; \"*\" for all.");
    var resources =
        keys.required("resources", listOf(RESOURCE, 1), Exemption::resources, "The objects.");
    var reason = keys.required("reason", SENTENCE, Exemption::reason, "Why this is accepted.");
    var owner = keys.required("owner", SENTENCE, Exemption::owner, "Who answers for it.");
    var expires =
        keys.part(
            "expires",
            Form.day().optional(),
            Exemption::expires,
            "The last day on which it counts.");
    return keys.form(
        new Exemption(Set.of(), List.of(), "", "", Optional.empty()),
        in ->
            new Exemption(
                in.of(rules), in.of(resources), in.of(reason), in.of(owner), in.of(expires)));
  }

  /** Returns what a new exemption lets through, as one sentence without a full stop. */
  static String spoken(Exemption exemption) {
    String rules =
        exemption.rules().isEmpty() ? "every rule" : joined(new TreeSet<>(exemption.rules()));
    String until = exemption.expires().map(day -> " until " + day).orElse(", without an end");
    return "%s exempt from %s%s: %s"
        .formatted(joined(exemption.resources()), rules, until, exemption.spoken());
  }

  private static String joined(Collection<?> parts) {
    return parts.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private static ResourceGlob resource(String written) {
    String[] parts = written.split("/", -1);
    return new ResourceGlob(parts[0], new Glob(parts[1]), new Glob(parts[2]));
  }
}
