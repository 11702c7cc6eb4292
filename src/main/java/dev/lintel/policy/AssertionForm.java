package dev.lintel.policy;

import static dev.lintel.policy.Form.listOf;
import static dev.lintel.policy.Form.text;
import static dev.lintel.policy.Form.words;

import dev.lintel.mesh.TrafficDistribution;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * What a document says about one assertion; each claim has a key, and one of them must be there.
 */
final class AssertionForm {

  private static final String PART = "[A-Za-z0-9.*?-]{1,253}";

  private static final Form<Glob> NAMESPACED =
      text(
              "\\*|" + PART + "/" + PART,
              507,
              "of the form namespace/name, in which * and ? are wildcards")
          .as(Glob::new, Glob::text);

  private static final Form<Claim.RuleIsRead> RULE =
      text("[a-z0-9.-]{1,253}/[a-z0-9.-]{1,253}", 507, "of the form namespace/name")
          .as(AssertionForm::rule, read -> read.namespace() + "/" + read.name());

  private static final Form<TrafficDistribution> MODE =
      words(
              List.of(
                  "Any",
                  "PreferClose",
                  "PreferSameZone",
                  "PreferSameNode",
                  "PreferNetwork",
                  "PreferRegion"),
              Function.identity())
          .as(word -> TrafficDistribution.named(word).orElseThrow(), TrafficDistribution::spelling);

  private static final List<String> CLAIMS =
      List.of(
          "throughWaypoint", "encrypted", "onlyFrom", "trafficDistribution", "destinationRuleRead");

  private static final Assertion NOTHING =
      new Assertion("", List.of(), List.of(), new Claim.Encrypted(), 1);

  private final Section<Assertion> keys = Section.outermost();
  private final Key<Assertion, String> name =
      keys.required(
          "name",
          text("[^\\x00-\\x1f\\x7f]*[^\\x00-\\x20\\x7f]", 200, "one line of up to 200 characters"),
          Assertion::name,
          "What it is called.");
  private final Key<Assertion, List<Glob>> hosts =
      keys.part(
          "hosts",
          Glob.LIST,
          Assertion::hosts,
          "The hosts it is about, by full name; all if left out.");
  private final Key<Assertion, List<Glob>> namespaces =
      keys.part(
          "namespaces",
          Glob.LIST,
          Assertion::namespaces,
          "The namespaces of the objects that define the hosts; all if left out.");
  private final Key<Assertion, Optional<Claim.ThroughWaypoint>> throughWaypoint =
      claim(
          0,
          NAMESPACED.as(Claim.ThroughWaypoint::new, Claim.ThroughWaypoint::waypoint),
          Claim.ThroughWaypoint.class,
          "Every path passes this waypoint: namespace/name, or * for any.");
  private final Key<Assertion, Optional<Claim.Encrypted>> encrypted =
      claim(
          1,
          words(List.of(new Claim.Encrypted()), word -> "true"),
          Claim.Encrypted.class,
          "No path leads to a Pod in clear.");
  private final Key<Assertion, Optional<Claim.OnlyFrom>> onlyFrom =
      claim(
          2,
          listOf(NAMESPACED, 1).as(Claim.OnlyFrom::new, Claim.OnlyFrom::gateways),
          Claim.OnlyFrom.class,
          "Every path comes from one of these Gateways: namespace/name.");
  private final Key<Assertion, Optional<Claim.ByTrafficDistribution>> trafficDistribution =
      claim(
          3,
          MODE.as(Claim.ByTrafficDistribution::new, Claim.ByTrafficDistribution::mode),
          Claim.ByTrafficDistribution.class,
          "Whoever picks endpoints on a path goes by this traffic distribution.");
  private final Key<Assertion, Optional<Claim.RuleIsRead>> ruleRead =
      claim(
          4,
          RULE,
          Claim.RuleIsRead.class,
          "Some proxy reads this DestinationRule for one of the hosts: namespace/name.");

  /** Returns how an assertion is written. */
  Form<Assertion> form() {
    Form<Assertion> form = keys.form(NOTHING, this::made);
    Map<String, Object> schema = Form.keywords();
    schema.putAll(form.schema());
    schema.put("oneOf", CLAIMS.stream().map(key -> Map.of("required", List.of(key))).toList());
    return new Form<>(schema, form.reader(), form.writer());
  }

  private <C extends Claim> Key<Assertion, Optional<C>> claim(
      int number, Form<C> form, Class<C> type, String description) {
    return keys.part(
        CLAIMS.get(number),
        form.optional(),
        assertion ->
            assertion == NOTHING
                ? Optional.empty()
                : Optional.of(assertion.claim()).filter(type::isInstance).map(type::cast),
        description);
  }

  private Assertion made(Part<Assertion> in) {
    List<? extends Claim> claims =
        Stream.of(
                in.of(throughWaypoint),
                in.of(encrypted),
                in.of(onlyFrom),
                in.of(trafficDistribution),
                in.of(ruleRead))
            .flatMap(Optional::stream)
            .toList();
    if (claims.size() != 1) {
      in.place()
          .problem(
              () ->
                  "must have one of these keys, and has %s: %s"
                      .formatted(
                          claims.isEmpty() ? "none" : claims.size(), String.join(", ", CLAIMS)));
    }
    return new Assertion(
        in.of(name),
        in.of(hosts),
        in.of(namespaces),
        claims.isEmpty() ? NOTHING.claim() : claims.getFirst(),
        in.place().node().getStartMark().map(Mark::getLine).orElse(0) + 1);
  }

  private static Claim.RuleIsRead rule(String written) {
    String[] parts = written.split("/", -1);
    return new Claim.RuleIsRead(parts[0], parts[1]);
  }
}
