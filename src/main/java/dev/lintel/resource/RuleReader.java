package dev.lintel.resource;

import dev.lintel.resource.Route.BackendRef;
import dev.lintel.resource.Route.Match;
import dev.lintel.resource.Route.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads the rules of a route. Backends, and matches, are counted over all rules: an author may
 * spread them as he likes.
 */
final class RuleReader {

  private final boolean readsMatches;
  private final List<Rule> rules = new ArrayList<>();
  private final List<BackendRef> backends = new ArrayList<>();
  private final List<Match> matches = new ArrayList<>();

  /** Creates a reader; routes of other kinds than HTTPRoute do not delegate to one another. */
  RuleReader(Kind kind) {
    this.readsMatches = kind == Kind.HTTP_ROUTE;
  }

  List<Rule> found() {
    return rules;
  }

  void readAll(Cursor in) throws IOException, MalformedObjectException {
    in.into(rules, Most.RULES, this::readRule);
  }

  private Rule readRule(Cursor in) throws IOException, MalformedObjectException {
    int firstBackend = backends.size();
    int firstMatch = matches.size();
    boolean isMoreThanASplit = false;
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "backendRefs" -> in.into(backends, Most.BACKENDS, RuleReader::readBackend);
        case "matches" -> readMatches(in);
        case "filters" -> isMoreThanASplit |= isFilled(in);
        case "timeouts", "retry", "sessionPersistence" -> {
          isMoreThanASplit |= !in.isNull();
          in.skip();
        }
        default -> in.skip();
      }
    }
    List<Match> own = matches.subList(firstMatch, matches.size());
    return new Rule(
        own.isEmpty() && readsMatches ? List.of(Match.EVERYTHING) : own,
        backends.subList(firstBackend, backends.size()),
        isMoreThanASplit);
  }

  private static boolean isFilled(Cursor in) throws IOException, MalformedObjectException {
    boolean isFilled = false;
    for (in.array(); in.nextElement(); ) {
      isFilled = true;
      in.skip();
    }
    return isFilled;
  }

  private void readMatches(Cursor in) throws IOException, MalformedObjectException {
    if (readsMatches) {
      in.into(matches, Most.MATCHES, RuleReader::readMatch);
    } else {
      in.skip();
    }
  }

  private static Match readMatch(Cursor in) throws IOException, MalformedObjectException {
    String pathType = Match.PREFIX;
    String path = "/";
    String method = "";
    List<String> conditions = new ArrayList<>();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "path" -> {
          for (in.object(); in.nextField(); ) {
            switch (in.field()) {
              case "type" -> pathType = in.optionalText().orElse(pathType);
              case "value" -> path = in.isNull() ? path : in.text();
              default -> in.skip();
            }
          }
        }
        case "method" -> method = in.name();
        case "headers" -> in.into(conditions, Most.EXPRESSIONS, at -> readCondition(at, "header"));
        case "queryParams" ->
            in.into(conditions, Most.EXPRESSIONS, at -> readCondition(at, "parameter"));
        default -> in.skip();
      }
    }
    return new Match(pathType, path, method, new LinkedHashSet<>(conditions));
  }

  private static String readCondition(Cursor in, String what)
      throws IOException, MalformedObjectException {
    String type = "Exact";
    String name = "";
    String value = "";
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "type" -> type = in.optionalText().orElse(type);
        case "name" -> name = in.name();
        case "value" -> value = in.text();
        default -> in.skip();
      }
    }
    return what + " " + type + " " + name + " " + value;
  }

  private static BackendRef readBackend(Cursor in) throws IOException, MalformedObjectException {
    String group = "";
    String kind = "Service";
    String namespace = "";
    String name = "";
    Optional<Integer> port = Optional.empty();
    for (in.object(); in.nextField(); ) {
      switch (in.field()) {
        case "group" -> group = in.name();
        case "kind" -> kind = in.optionalText().orElse(kind);
        case "namespace" -> namespace = in.name();
        case "name" -> name = in.name();
        case "port" -> port = in.isNull() ? Optional.empty() : Optional.of(in.number());
        default -> in.skip();
      }
    }
    return new BackendRef(group, kind, namespace, name, port);
  }
}
